package io.surstream.keys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who may call by gRPC. The same for every service that answers there. */
@ConfigMapping(prefix = "surstream.grpc")
public interface GrpcConfig {
    /** Where the server is told who signs for callers. */
    String AUTHORITIES = "quarkus.tls.trust-store.pem.certs";

    /** Whether a caller must show a certificate that one in {@code quarkus.tls.trust-store.pem.certs} has signed; health and metrics need none. */
    @WithDefault("false")
    boolean clientCertificates();

    /**
     * To be asked before anything is served: without authorities the server would trust the JVM's, and with them whoever has a
     * certificate of any public one.
     *
     * @param authorities the value of {@link #AUTHORITIES}
     * @throws io.smallrye.config.ConfigValidationException when certificates are wanted but nobody says whose
     */
    default void check(Optional<List<Path>> authorities) {
        if (clientCertificates() && authorities.isEmpty()) {
            throw WrongSettings.of(List.of("surstream.grpc.client-certificates is true but " + AUTHORITIES
                    + " is not set; name the certificates of those who sign for callers there"));
        }
    }
}
