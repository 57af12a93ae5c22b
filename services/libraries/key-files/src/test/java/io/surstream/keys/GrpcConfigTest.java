package io.surstream.keys;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.ConfigValidationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrpcConfigTest {
    private record Given(boolean clientCertificates) implements GrpcConfig {}

    @Test
    void certificates_of_whoever_the_jvm_trusts_are_not_enough() {
        GrpcConfig wanted = new Given(true);

        String refusal = assertThrows(ConfigValidationException.class, () -> wanted.check(Optional.empty()))
                .getProblem(0)
                .getMessage();

        assertEquals(
                "surstream.grpc.client-certificates is true but quarkus.tls.trust-store.pem.certs is not set; "
                        + "name the certificates of those who sign for callers there",
                refusal);
    }

    @Test
    void an_authority_is_needed_only_where_certificates_are() {
        assertDoesNotThrow(() -> new Given(false).check(Optional.empty()));
        assertDoesNotThrow(() -> new Given(true).check(Optional.of(List.of(Path.of("ca.crt")))));
    }
}
