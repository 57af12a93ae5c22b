package io.surstream.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.WithDefault;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrpcConfigTest {
    private static final Optional<List<Path>> AUTHORITY = Optional.of(List.of(Path.of("ca.crt")));

    @Test
    void certificates_of_whoever_the_jvm_trusts_are_not_enough() {
        assertEquals(
                "surstream.grpc.client-certificates is true but quarkus.tls.trust-store.pem.certs is not set; "
                        + "name the certificates of those who sign for callers there",
                refusal(Settings.withCertificates(), Optional.empty()));
    }

    @Test
    void callers_without_certificates_would_protect_nothing() {
        GrpcConfig named = new Settings(false, Set.of("prompt-app"), Set.of("embedding-app"), Set.of("alice"));

        assertEquals(
                "surstream.grpc.callers.operator is alice but surstream.grpc.client-certificates is false, "
                        + "so that nobody is asked for a name; set it to true",
                refusal(named, AUTHORITY));
    }

    @Test
    void an_authority_is_needed_only_where_certificates_are() {
        assertDoesNotThrow(() -> Settings.withoutCertificates().check(Optional.empty()));
        assertDoesNotThrow(() -> Settings.withCertificates().check(AUTHORITY));
    }

    @Test
    void quarkus_has_the_same_limit_by_default_as_the_settings() throws Exception {
        Properties quarkus = new Properties();
        try (InputStream file = GrpcConfig.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            quarkus.load(file);
        }

        String standard = GrpcConfig.class
                .getMethod("maxMessageSize")
                .getAnnotation(WithDefault.class)
                .value();
        assertEquals(
                "${surstream.grpc.max-message-size:" + standard + "}",
                quarkus.getProperty("quarkus.grpc.server.max-inbound-message-size"));
    }

    private static String refusal(GrpcConfig config, Optional<List<Path>> authorities) {
        return assertThrows(ConfigValidationException.class, () -> config.check(authorities))
                .getProblem(0)
                .getMessage();
    }
}
