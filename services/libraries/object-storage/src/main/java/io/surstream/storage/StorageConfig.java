package io.surstream.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.surstream.keys.KeyFile;
import io.surstream.keys.WrongSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The S3 store, the same for every service. */
@ConfigMapping(prefix = "surstream.storage")
public interface StorageConfig {
    int LONGEST_RETENTION_DAYS = 3_650;

    /** {@code http://host:port} or {@code https://host:port}, addressed path-style. */
    @WithDefault("http://localhost:9000")
    URI endpoint();

    /**
     * Address at which clients reach the same store, if it differs from the endpoint: the host in presigned URLs. The
     * services themselves do not call it.
     */
    Optional<URI> publicEndpoint();

    /** The store's region. */
    @WithDefault("us-east-1")
    String region();

    /** Access key. */
    @WithDefault("surstream")
    String accessKey();

    /** Secret key. */
    @WithDefault("surstream")
    String secretKey();

    /** Bucket of images and job results; created if it is missing. */
    @WithDefault("surstream")
    String bucket();

    Images images();

    /** Images. */
    interface Images {
        /**
         * Days after which images are removed, 1 to 3650; default: never. {@code bootstrap} sets it as a lifecycle rule
         * of the bucket; {@code up} removes the images itself.
         */
        Optional<Integer> retentionDays();

        /** @throws io.smallrye.config.ConfigValidationException when it is out of range */
        default OptionalInt checkedRetentionDays() {
            Optional<Integer> days = retentionDays();
            if (days.isPresent() && (days.get() < 1 || days.get() > LONGEST_RETENTION_DAYS)) {
                throw WrongSettings.of(List.of("surstream.storage.images.retention-days must be 1.."
                        + LONGEST_RETENTION_DAYS + " but is " + days.get()));
            }
            return days.map(OptionalInt::of).orElse(OptionalInt.empty());
        }
    }

    /**
     * Trusted certificates for an https endpoint: PEM, or PKCS12 or JKS by file extension; default: those of the Java
     * runtime.
     */
    Optional<Path> truststore();

    /** Password of the truststore, if it has one. */
    Optional<String> truststorePassword();

    /**
     * As the client takes it.
     *
     * @throws io.smallrye.config.ConfigValidationException naming everything that is wrong
     */
    default StoreSettings settings() {
        return settings(endpoint(), accessKey(), secretKey());
    }

    /** The same for another endpoint and account. */
    default StoreSettings settings(URI endpoint, String accessKey, String secretKey) {
        StoreSettings standard = StoreSettings.of(URI.create("http://any"), accessKey, secretKey, "any");
        return WrongSettings.checking(() -> new StoreSettings(
                endpoint,
                publicEndpoint(),
                region(),
                accessKey,
                secretKey,
                bucket(),
                standard.attempts(),
                standard.backoff(),
                standard.partSize(),
                truststore().map(file -> new KeyFile("surstream.storage.truststore", file, truststorePassword()))));
    }
}
