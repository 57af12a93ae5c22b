package io.surstream.teacher.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Live: the poll loop gives signs of life. Ready: the worker takes records, or there is no teacher and that is allowed. */
@ApplicationScoped
class TeacherHealth {
    private static final String NAME = "llm-teacher";

    @Produces
    @Liveness
    @ApplicationScoped
    HealthCheck teacherIsLive(TeacherLifecycle lifecycle) {
        return () -> HealthCheckResponse.named(NAME).status(lifecycle.isLive()).build();
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck teacherIsReady(TeacherLifecycle lifecycle) {
        return () -> {
            HealthCheckResponseBuilder response =
                    HealthCheckResponse.named(NAME).status(lifecycle.isReady());
            lifecycle.idleReason().ifPresent(reason -> response.withData("teacher", reason));
            return response.build();
        };
    }
}
