package io.surstream.curator.app;

import io.surstream.curator.Curation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Live: the start has not failed for good. Ready: cluster and store have answered. */
@ApplicationScoped
class CuratorHealth {

    @Produces
    @Liveness
    @ApplicationScoped
    HealthCheck live(CuratorLifecycle lifecycle) {
        return () -> HealthCheckResponse.named(Curation.STAGE)
                .status(lifecycle.isLive())
                .build();
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck ready(CuratorLifecycle lifecycle) {
        return () -> HealthCheckResponse.named(Curation.STAGE)
                .status(lifecycle.sink().isPresent())
                .build();
    }
}
