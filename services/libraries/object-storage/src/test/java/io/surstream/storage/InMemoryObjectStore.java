package io.surstream.storage;

import io.surstream.contract.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A bucket in this process: for tests, and for runs that keep nothing. Same contract as the real one. */
public final class InMemoryObjectStore implements ObjectStore {

    private record Entry(byte[] content, String sha256, String contentType, Instant modified) {}

    private final String bucket;
    private final ConcurrentSkipListMap<String, Entry> objects = new ConcurrentSkipListMap<>();

    public InMemoryObjectStore(String bucket) {
        this.bucket = bucket;
    }

    @Override
    public String bucket() {
        return bucket;
    }

    @Override
    public void ensureBucket() {}

    @Override
    public boolean putIfAbsent(String key, byte[] content, String contentType) {
        return objects.putIfAbsent(key, entry(content, contentType)) == null;
    }

    @Override
    public StoredObject put(String key, byte[] content, String contentType) {
        Entry entry = entry(content, contentType);
        objects.put(key, entry);
        return describe(key, entry);
    }

    @Override
    public StoredObject put(String key, Path file, String contentType) {
        try {
            return put(key, Files.readAllBytes(file), contentType);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Writes an object whose digest is a lie, to see what readers do. */
    public void putWithDigest(String key, byte[] content, String sha256) {
        objects.put(key, new Entry(content.clone(), sha256, "application/octet-stream", Instant.now()));
    }

    @Override
    public byte[] get(String key) {
        Entry entry = require(key);
        String found = Sha256.of(entry.content());
        if (!found.equals(entry.sha256())) {
            throw new ChecksumMismatchException(bucket, key, entry.sha256(), found);
        }
        return entry.content().clone();
    }

    @Override
    public byte[] getRange(String key, long offset, int length) {
        byte[] content = require(key).content();
        if (offset >= content.length) {
            throw new StoreRefusedException(
                    "s3://" + bucket + '/' + key + " has " + content.length + " bytes, none at offset " + offset, null);
        }
        int from = (int) offset;
        return Arrays.copyOfRange(content, from, (int) Math.min(content.length, offset + length));
    }

    @Override
    public void download(String key, Path target) {
        byte[] content = get(key);
        try (AtomicFile file = AtomicFile.replacing(target)) {
            Files.write(file.path(), content);
            file.commit();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<StoredObject> find(String key) {
        return Optional.ofNullable(objects.get(key)).map(entry -> describe(key, entry));
    }

    @Override
    public List<ListedObject> list(String prefix) {
        return objects.tailMap(prefix, true).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .map(entry -> new ListedObject(
                        entry.getKey(),
                        entry.getValue().content().length,
                        entry.getValue().modified()))
                .toList();
    }

    @Override
    public void delete(String key) {
        objects.remove(key);
    }

    /** Names the object; nothing listens there. */
    @Override
    public URI presignedGet(String key, Duration validity) {
        return URI.create("memory://" + bucket + '/' + key);
    }

    @Override
    public void close() {}

    private Entry require(String key) {
        Entry entry = objects.get(key);
        if (entry == null) {
            throw new ObjectNotFoundException(bucket, key);
        }
        return entry;
    }

    private StoredObject describe(String key, Entry entry) {
        return new StoredObject(bucket, key, entry.content().length, Optional.of(entry.sha256()), entry.contentType());
    }

    private static Entry entry(byte[] content, String contentType) {
        return new Entry(content.clone(), Sha256.of(content), contentType, Instant.now());
    }
}
