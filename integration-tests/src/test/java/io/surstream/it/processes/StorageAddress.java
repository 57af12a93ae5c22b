package io.surstream.it.processes;

import io.surstream.storage.StoreSettings;
import java.net.URI;

/** Where an S3 store is, and an account on it. */
record StorageAddress(URI endpoint, String accessKey, String secretKey) {

    StoreSettings bucket(String name) {
        return StoreSettings.of(endpoint, accessKey, secretKey, name);
    }
}
