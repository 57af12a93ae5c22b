package io.surstream.sampler.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Live: the poll loops give signs of life. Ready: the model is loaded and warm, and the worker takes records. */
@ApplicationScoped
class SamplerHealth {
    private static final String NAME = "image-sampler";

    @Produces
    @Liveness
    @ApplicationScoped
    HealthCheck live(SamplerLifecycle lifecycle) {
        return () -> HealthCheckResponse.named(NAME).status(lifecycle.isLive()).build();
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck ready(SamplerLifecycle lifecycle) {
        return () -> HealthCheckResponse.named(NAME).status(lifecycle.isReady()).build();
    }
}
