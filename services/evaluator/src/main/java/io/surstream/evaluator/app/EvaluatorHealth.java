package io.surstream.evaluator.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Live: the poll loop gives signs of life. Ready: the worker takes records. */
@ApplicationScoped
class EvaluatorHealth {
    private static final String NAME = "evaluator";

    @Produces
    @Liveness
    @ApplicationScoped
    HealthCheck evaluatorIsLive(EvaluatorLifecycle lifecycle) {
        return () -> HealthCheckResponse.named(NAME).status(lifecycle.isLive()).build();
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck evaluatorIsReady(EvaluatorLifecycle lifecycle) {
        return () -> HealthCheckResponse.named(NAME).status(lifecycle.isReady()).build();
    }
}
