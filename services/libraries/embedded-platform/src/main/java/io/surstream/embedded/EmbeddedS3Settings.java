package io.surstream.embedded;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the embedded S3 store keeps its objects and listens.
 *
 * @param dataDir created when missing; one folder a bucket. Object metadata are extended file attributes.
 * @param port on 127.0.0.1; 0 takes a free one
 * @param accessKey expected from clients
 * @param secretKey expected from clients
 */
public record EmbeddedS3Settings(Path dataDir, int port, String accessKey, String secretKey) {

    public EmbeddedS3Settings {
        Objects.requireNonNull(dataDir, "dataDir");
        Ports.require("port", port);
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("accessKey and secretKey must not be blank");
        }
    }

    /** A free port; key and secret are both {@code surstream}. */
    public static EmbeddedS3Settings in(Path dataDir) {
        return new EmbeddedS3Settings(dataDir, 0, "surstream", "surstream");
    }

    /** The same with a fixed port; 0 stays free. */
    public EmbeddedS3Settings withPort(int port) {
        return new EmbeddedS3Settings(dataDir, port, accessKey, secretKey);
    }
}
