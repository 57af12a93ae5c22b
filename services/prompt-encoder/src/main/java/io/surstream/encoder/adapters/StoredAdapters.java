package io.surstream.encoder.adapters;

import io.surstream.encoder.config.EncoderConfig.AdapterScope;
import io.surstream.encoder.model.SurTextAdapter;
import io.surstream.models.ModelException;
import io.surstream.modelstore.models.ContentFolder;
import io.surstream.torch.TorchDevice;
import io.surstream.v1.ObjectReference;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * Adapters from object storage, verified each time they are loaded. Thread-safe.
 *
 * @param modelRevision of the base model
 * @param width of its text encoder
 */
public record StoredAdapters(ContentFolder files, String modelRevision, int width, AdapterScope on, TorchDevice device)
        implements AdapterFetch {

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
        ObjectReference object = origin.object();
        return load(origin, files.fetch(object.getBucket(), object.getKey(), sha256, ".safetensors"));
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
