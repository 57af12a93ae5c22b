package io.surstream.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.ConfigValidationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    private static String refusal(GrpcConfig config, Optional<List<Path>> authorities) {
        return assertThrows(ConfigValidationException.class, () -> config.check(authorities))
                .getProblem(0)
                .getMessage();
    }
}
