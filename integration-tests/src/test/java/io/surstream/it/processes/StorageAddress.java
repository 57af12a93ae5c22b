package io.surstream.it.processes;

import io.surstream.storage.StoreSettings;
import java.net.URI;
import java.util.Map;

/** Where an S3 store is, and an account on it. */
record StorageAddress(URI endpoint, String accessKey, String secretKey) {

    StoreSettings bucket(String name) {
        return StoreSettings.of(endpoint, accessKey, secretKey, name);
    }

    /** Variables of a service or command with this account. */
    Map<String, String> environment() {
        return Map.of(
                "SURSTREAM_STORAGE_ENDPOINT", endpoint.toString(),
                "SURSTREAM_STORAGE_ACCESS_KEY", accessKey,
                "SURSTREAM_STORAGE_SECRET_KEY", secretKey);
    }
}
