package io.surstream.encoder.adapters;

import io.surstream.encoder.config.EncoderConfig.AdapterOn;
import io.surstream.encoder.model.SurTextAdapter;
import io.surstream.models.ModelException;
import io.surstream.storage.ChecksumMismatchException;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.Sha256;
import io.surstream.torch.TorchDevice;
import io.surstream.v1.ObjectReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Adapters from object storage, kept in a folder under their SHA-256 and verified each time they are loaded. Thread-safe; several
 * processes may share the folder.
 *
 * @param stores opens a bucket; closed after each download
 * @param modelRevision of the base model
 * @param width of its text encoder
 */
public record StoredAdapters(
        Path folder,
        Function<String, ObjectStore> stores,
        String modelRevision,
        int width,
        AdapterOn on,
        TorchDevice device)
        implements AdapterFetch {

    /** In the user's cache folder ({@code XDG_CACHE_HOME} or {@code ~/.cache}). */
    public static Path standardFolder() {
        String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path home = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return home.resolve("surstream").resolve("adapters");
    }

    @Override
    public Loaded fetch(AdapterOrigin origin) {
        if (!origin.modelRevision().isEmpty() && !origin.modelRevision().equals(modelRevision)) {
            throw new AdapterRefusedException("adapter " + origin.revision() + " is made for the base model "
                    + origin.modelRevision() + " but this encoder has " + modelRevision);
        }
        String sha256 = origin.object().getSha256();
        if (!sha256.matches("[0-9a-f]{64}") || !sha256.startsWith(origin.revision())) {
            throw new AdapterRefusedException("adapter " + origin.revision()
                    + " must be named by the start of its file's SHA-256, which is said to be '" + sha256 + "'");
        }
        return load(origin, verified(origin.object()));
    }

    private Path verified(ObjectReference object) {
        Path file = folder.resolve(object.getSha256() + ".safetensors");
        if (Files.isRegularFile(file) && Sha256.of(file).equals(object.getSha256())) {
            return file;
        }
        try (ObjectStore store = stores.apply(object.getBucket())) {
            store.download(object.getKey(), file);
        }
        String found = Sha256.of(file);
        if (!found.equals(object.getSha256())) {
            throw new ChecksumMismatchException(object.getBucket(), object.getKey(), object.getSha256(), found);
        }
        return file;
    }

    private Loaded load(AdapterOrigin origin, Path file) {
        try {
            OptionalDouble weight =
                    origin.adapterWeight() == 0 ? OptionalDouble.empty() : OptionalDouble.of(origin.adapterWeight());
            SurTextAdapter adapter = SurTextAdapter.load(file, weight, on, device);
            if (adapter.width() != width) {
                adapter.close();
                throw new AdapterRefusedException("adapter " + origin.revision() + " has width " + adapter.width()
                        + " but the text encoder's states have " + width);
            }
            return new Loaded(adapter, adapter::close);
        } catch (ModelException e) {
            throw new AdapterRefusedException("adapter " + origin.revision() + ": " + e.getMessage(), e);
        }
    }
}
