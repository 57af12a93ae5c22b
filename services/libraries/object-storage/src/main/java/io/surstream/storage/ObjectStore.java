package io.surstream.storage;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One bucket. Every object written here carries its SHA-256 in its metadata, and every whole read is checked against it.
 * Thread-safe; calls block. All methods may throw {@link StoreUnavailableException} after their retries and
 * {@link StoreRefusedException} when the store does not allow the call.
 */
public interface ObjectStore extends AutoCloseable {

    String bucket();

    /** Creates the bucket when it is missing; several processes may call it concurrently. */
    void ensureBucket();

    /**
     * Writes an object unless there is one under the key; of racing writers exactly one creates it.
     *
     * @return true when this call created it. False means that an object is there, which after a lost answer may be the one
     *     that this very call wrote.
     */
    boolean putIfAbsent(String key, byte[] content, String contentType);

    /** Writes an object, replacing one that is there. */
    StoredObject put(String key, byte[] content, String contentType);

    /** Writes a file of any size, replacing an object that is there; large files go in parts. */
    StoredObject put(String key, Path file, String contentType);

    /**
     * The whole content.
     *
     * @throws ObjectNotFoundException when there is no such object
     * @throws ChecksumMismatchException when the content is not what was written
     */
    byte[] get(String key);

    /**
     * A part of the content, unchecked.
     *
     * @param offset 0 or more
     * @param length 1 or more; shorter at the end of the object
     * @throws ObjectNotFoundException when there is no such object
     * @throws StoreRefusedException when the offset is not inside the object
     */
    byte[] getRange(String key, long offset, int length);

    /**
     * Writes the whole content to a file, which appears complete and checked or not at all.
     *
     * @throws ObjectNotFoundException when there is no such object
     * @throws ChecksumMismatchException when the content is not what was written
     * @throws java.io.UncheckedIOException when the file cannot be written: no other attempt is made
     */
    void download(String key, Path target);

    /** Empty when there is no such object. */
    Optional<StoredObject> find(String key);

    /** @throws ObjectNotFoundException when there is no such object */
    default StoredObject head(String key) {
        return find(key).orElseThrow(() -> new ObjectNotFoundException(bucket(), key));
    }

    /** All objects whose key starts with the prefix, in the order of their keys. */
    List<ListedObject> list(String prefix);

    /** Deleting what is not there is no error. */
    void delete(String key);

    /**
     * A URL under which anybody can get the object without credentials.
     *
     * @param validity 1 s to 7 days
     */
    URI presignedGet(String key, Duration validity);

    @Override
    void close();
}
