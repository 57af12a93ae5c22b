package io.surstream.trainer.run;

import io.surstream.storage.ListedObject;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoreUnavailableException;
import io.surstream.storage.StoredObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One process's way to a store, which can be cut: then that process can neither show that it lives nor write anything. */
public final class CuttableStore implements ObjectStore {
    private final ObjectStore objects;
    private volatile boolean cut;

    public CuttableStore(ObjectStore objects) {
        this.objects = objects;
    }

    public void cut() {
        cut = true;
    }

    public void mend() {
        cut = false;
    }

    private ObjectStore reached() {
        if (cut) {
            throw new StoreUnavailableException("the way to the store is cut", null);
        }
        return objects;
    }

    @Override
    public String bucket() {
        return objects.bucket();
    }

    @Override
    public void ensureBucket() {
        reached().ensureBucket();
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content, String contentType) {
        return reached().putIfAbsent(key, content, contentType);
    }

    @Override
    public StoredObject put(String key, byte[] content, String contentType) {
        return reached().put(key, content, contentType);
    }

    @Override
    public StoredObject put(String key, Path file, String contentType) {
        return reached().put(key, file, contentType);
    }

    @Override
    public byte[] get(String key) {
        return reached().get(key);
    }

    @Override
    public byte[] getRange(String key, long offset, int length) {
        return reached().getRange(key, offset, length);
    }

    @Override
    public void download(String key, Path target) {
        reached().download(key, target);
    }

    @Override
    public Optional<StoredObject> find(String key) {
        return reached().find(key);
    }

    @Override
    public List<ListedObject> list(String prefix) {
        return reached().list(prefix);
    }

    @Override
    public void delete(String key) {
        reached().delete(key);
    }

    @Override
    public URI presignedGet(String key, Duration validity) {
        return objects.presignedGet(key, validity);
    }

    @Override
    public void close() {}
}
