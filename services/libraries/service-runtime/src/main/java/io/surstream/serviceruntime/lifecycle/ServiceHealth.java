package io.surstream.serviceruntime.lifecycle;

import io.smallrye.health.api.HealthRegistry;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Adds a check for each service to the probes of liveness and readiness, under the service's name. */
@Singleton
class ServiceHealth {
    private final HealthRegistry liveness;
    private final HealthRegistry readiness;

    ServiceHealth(@Liveness HealthRegistry liveness, @Readiness HealthRegistry readiness) {
        this.liveness = liveness;
        this.readiness = readiness;
    }

    void add(RunningService service) {
        HealthCheck live = () -> HealthCheckResponse.named(service.name())
                .status(service.isLive())
                .build();
        liveness.register(service.name(), live);
        HealthCheck ready = () -> ready(service);
        readiness.register(service.name(), ready);
    }

    private static HealthCheckResponse ready(RunningService service) {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named(service.name()).status(service.isReady());
        service.details().forEach(response::withData);
        return response.build();
    }

    void remove(RunningService service) {
        liveness.remove(service.name());
        readiness.remove(service.name());
    }
}
