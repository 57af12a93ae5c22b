package io.surstream.modelstore.models;

import io.surstream.contract.Sha256;
import io.surstream.storage.AtomicFile;
import io.surstream.storage.ListedObject;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectNotFoundException;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StorageException;
import io.surstream.storage.StoreSettings;
import io.surstream.storage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a model folder from object storage into a local cache. Files that are there already with the stored digest are not
 * fetched again; each file appears complete and checked or not at all.
 */
public final class BucketModels {

    private static final Logger LOG = LoggerFactory.getLogger(BucketModels.class);

    private final Path cache;
    private final Function<String, ObjectStore> stores;

    /**
     * @param cache folder for all models; created when missing
     * @param stores opens a bucket; the fetcher closes what it opened
     */
    public BucketModels(Path cache, Function<String, ObjectStore> stores) {
        this.cache = cache.toAbsolutePath().normalize();
        this.stores = stores;
    }

    /** Into the user's cache folder ({@code XDG_CACHE_HOME} or {@code ~/.cache}), from any bucket of one account. */
    public static BucketModels standard(StoreSettings account) {
        String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path home = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return new BucketModels(
                home.resolve("surstream").resolve("s3"), bucket -> new MinioObjectStore(account.withBucket(bucket)));
    }

    /** The folder of an {@code s3://} reference, fetched as {@link #fetch} does; any other reference as it is. */
    public String local(String reference) {
        return reference.startsWith("s3://") ? fetch(reference).toString() : reference;
    }

    /**
     * @param reference {@code s3://bucket/prefix}
     * @return the local folder that holds what is under the prefix
     * @throws IllegalArgumentException when the reference is not of that form
     * @throws ObjectNotFoundException when nothing is under the prefix
     * @throws StorageException when a file cannot be had
     */
    public Path fetch(String reference) {
        URI uri = parse(reference);
        String prefix = withSlash(uri.getPath().substring(1));
        try (ObjectStore store = stores.apply(uri.getHost())) {
            List<ListedObject> files = store.list(prefix);
            if (files.isEmpty()) {
                throw new ObjectNotFoundException(uri.getHost(), prefix);
            }
            for (ListedObject file : files) {
                if (!file.key().endsWith("/")) {
                    fetch(store, file);
                }
            }
        }
        return inside(cache.resolve(uri.getHost()), prefix);
    }

    private void fetch(ObjectStore store, ListedObject file) {
        Path target = inside(cache.resolve(store.bucket()), file.key());
        Path digestFile = inside(cache.resolve(".sha256").resolve(store.bucket()), file.key());
        StoredObject stored = store.head(file.key());
        if (isPresent(target, digestFile, stored)) {
            return;
        }
        LOG.info("fetching s3://{}/{} ({} bytes)", store.bucket(), file.key(), stored.size());
        store.download(file.key(), target);
        write(digestFile, stored.sha256().orElseGet(() -> Sha256.of(target)));
    }

    /** Trusts the digest noted at download time: hashing gigabytes at every start would take longer than loading them. */
    private static boolean isPresent(Path target, Path digestFile, StoredObject stored) {
        try {
            Optional<String> expected = stored.sha256();
            return expected.isPresent()
                    && Files.isRegularFile(target)
                    && Files.size(target) == stored.size()
                    && Files.isRegularFile(digestFile)
                    && Files.readString(digestFile).equals(expected.get());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the model cache at " + target, e);
        }
    }

    private static void write(Path file, String text) {
        try (AtomicFile atomic = AtomicFile.replacing(file)) {
            Files.writeString(atomic.path(), text);
            atomic.commit();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static Path inside(Path folder, String key) {
        Path path = folder.resolve(key).normalize();
        if (!path.startsWith(folder)) {
            throw new IllegalArgumentException("the object key \"" + key + "\" leads out of the model cache");
        }
        return path;
    }

    private static String withSlash(String prefix) {
        return prefix.endsWith("/") ? prefix : prefix + '/';
    }

    private static URI parse(String reference) {
        String problem = "a model in object storage must be s3://bucket/prefix but is \"" + reference + '"';
        try {
            URI uri = new URI(reference);
            boolean complete = "s3".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPath() != null
                    && uri.getPath().length() > 1;
            if (!complete) {
                throw new IllegalArgumentException(problem);
            }
            return uri;
        } catch (java.net.URISyntaxException e) {
            throw new IllegalArgumentException(problem, e);
        }
    }
}
