package io.surstream.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** The S3 store, the same for every service. */
@ConfigMapping(prefix = "surstream.storage")
public interface StorageConfig {
    /** {@code http://host:port} or {@code https://host:port}, addressed path-style. */
    @WithDefault("http://localhost:9000")
    URI endpoint();

    /** The store's region. */
    @WithDefault("us-east-1")
    String region();

    /** Access key. */
    @WithDefault("surstream")
    String accessKey();

    /** Secret key. */
    @WithDefault("surstream")
    String secretKey();

    /** Bucket of pictures and job ends; made when it is missing. */
    @WithDefault("surstream")
    String bucket();

    /** As the client takes it. */
    default StoreSettings settings() {
        StoreSettings standard = StoreSettings.of(endpoint(), accessKey(), secretKey(), bucket());
        return new StoreSettings(
                endpoint(),
                region(),
                accessKey(),
                secretKey(),
                bucket(),
                standard.attempts(),
                standard.backoff(),
                standard.partSize());
    }
}
