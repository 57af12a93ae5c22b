package io.surstream.trainer.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Live: the loops give signs of life. Ready: requests are taken in and runs looked for. */
@ApplicationScoped
class TrainerHealth {
    private static final String NAME = "trainer";

    @Produces
    @Liveness
    @ApplicationScoped
    HealthCheck live(TrainerLifecycle lifecycle) {
        return () -> HealthCheckResponse.named(NAME).status(lifecycle.isLive()).build();
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck ready(TrainerLifecycle lifecycle) {
        return () -> HealthCheckResponse.named(NAME).status(lifecycle.isReady()).build();
    }
}
