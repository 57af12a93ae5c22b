package io.surstream.trainer.store;

import io.surstream.retry.Backoff;
import io.surstream.storage.ListedObject;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoreUnavailableException;
import io.surstream.storage.StoredObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a store that is away, for as long as its caller has a reason to wait. Takes the store over and closes it. */
public final class RetryingObjectStore implements ObjectStore {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingObjectStore.class);

    /** Decides whether waiting still makes sense. */
    public interface Patience {
        /**
         * Waits a moment.
         *
         * @throws RuntimeException when there is nothing to wait for any more
         */
        void pause(Duration moment);
    }

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

    private final ObjectStore objects;
    private final Patience patience;

    public RetryingObjectStore(ObjectStore objects, Patience patience) {
        this.objects = objects;
        this.patience = patience;
    }

    private <V> V patiently(Supplier<V> call) {
        for (int failures = 1; ; failures++) {
            try {
                return call.get();
            } catch (StoreUnavailableException e) {
                LOG.warn("waiting for the store: {}", e.getMessage());
                patience.pause(BACKOFF.after(failures));
            }
        }
    }

    @Override
    public String bucket() {
        return objects.bucket();
    }

    @Override
    public void ensureBucket() {
        patiently(() -> {
            objects.ensureBucket();
            return null;
        });
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content, String contentType) {
        return patiently(() -> objects.putIfAbsent(key, content, contentType));
    }

    @Override
    public StoredObject put(String key, byte[] content, String contentType) {
        return patiently(() -> objects.put(key, content, contentType));
    }

    @Override
    public StoredObject put(String key, Path file, String contentType) {
        return patiently(() -> objects.put(key, file, contentType));
    }

    @Override
    public byte[] get(String key) {
        return patiently(() -> objects.get(key));
    }

    @Override
    public byte[] getRange(String key, long offset, int length) {
        return patiently(() -> objects.getRange(key, offset, length));
    }

    @Override
    public void download(String key, Path target) {
        patiently(() -> {
            objects.download(key, target);
            return null;
        });
    }

    @Override
    public Optional<StoredObject> find(String key) {
        return patiently(() -> objects.find(key));
    }

    @Override
    public List<ListedObject> list(String prefix) {
        return patiently(() -> objects.list(prefix));
    }

    @Override
    public void delete(String key) {
        patiently(() -> {
            objects.delete(key);
            return null;
        });
    }

    @Override
    public URI presignedGet(String key, Duration validity) {
        return objects.presignedGet(key, validity);
    }

    @Override
    public void close() {
        objects.close();
    }
}
