package io.surstream.it.processes;

import io.surstream.storage.StoreSettings;
import java.net.URI;
import java.util.Optional;

/** Where an S3 store is, and an account on it. */
record StorageAddress(URI endpoint, String accessKey, String secretKey) {

    /** A store that somebody else runs, a MinIO server say, if the environment names one. */
    static Optional<StorageAddress> outside() {
        return Optional.ofNullable(System.getenv("SURSTREAM_IT_STORAGE_ENDPOINT"))
                .map(endpoint -> new StorageAddress(
                        URI.create(endpoint),
                        System.getenv("SURSTREAM_IT_STORAGE_ACCESS_KEY"),
                        System.getenv("SURSTREAM_IT_STORAGE_SECRET_KEY")));
    }

    StoreSettings bucket(String name) {
        return StoreSettings.of(endpoint, accessKey, secretKey, name);
    }
}
