package io.surstream.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Checks the settings of gRPC before anything is served, and puts the limit of a message's size before the server. */
@Singleton
class GrpcStart {
    /** Before the services start. */
    private static final int FIRST = 1_000;

    void check(
            @Observes @Priority(FIRST) StartupEvent event,
            GrpcConfig config,
            @ConfigProperty(name = GrpcConfig.AUTHORITIES) Optional<List<Path>> authorities) {
        config.check(authorities);
    }

    void limitSize(@Observes Filters filters, GrpcConfig config) {
        filters.register(new RequestSizeLimit(config), RequestSizeLimit.PRIORITY);
    }
}
