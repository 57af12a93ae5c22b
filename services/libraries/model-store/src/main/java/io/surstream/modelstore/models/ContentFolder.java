package io.surstream.modelstore.models;

import io.surstream.contract.Sha256;
import io.surstream.storage.ChecksumMismatchException;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectNotFoundException;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Objects kept in a local folder under the SHA-256 of their content, and verified each time they are asked for. Thread-safe; several
 * processes may share the folder.
 *
 * @param stores opens a bucket; closed after each download
 */
public record ContentFolder(Path folder, Function<String, ObjectStore> stores) {

    /** A folder of this name in the user's cache folder ({@code XDG_CACHE_HOME} or {@code ~/.cache}), any bucket of an account. */
    public static ContentFolder standard(String name, StoreSettings account) {
        String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        Path home = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return new ContentFolder(home.resolve("surstream").resolve(name), account);
    }

    public ContentFolder(Path folder, StoreSettings account) {
        this(folder, bucket -> new MinioObjectStore(account.withBucket(bucket)));
    }

    /**
     * The local file with this content.
     *
     * @param sha256 lower-case hex
     * @param ending of the file's name
     * @throws ChecksumMismatchException when the object is not what was promised
     * @throws ObjectNotFoundException when there is no such object
     */
    public Path fetch(String bucket, String key, String sha256, String ending) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("the SHA-256 of s3://" + bucket + '/' + key
                    + " must be 64 hexadecimal digits but is '" + sha256 + "'");
        }
        Path file = folder.resolve(sha256 + ending);
        if (Files.isRegularFile(file) && Sha256.of(file).equals(sha256)) {
            return file;
        }
        try (ObjectStore store = stores.apply(bucket)) {
            store.download(key, file);
        }
        String found = Sha256.of(file);
        if (!found.equals(sha256)) {
            throw new ChecksumMismatchException(bucket, key, sha256, found);
        }
        return file;
    }
}
