package io.surstream.gateway.health;

import io.surstream.gateway.Gateway;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Alive unless the job view gave up; then only a new process helps. */
@Liveness
@Singleton
class ViewLiveness implements HealthCheck {

    private final Gateway gateway;

    ViewLiveness(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("gateway: job view alive").status(!gateway.viewIsLost());
        gateway.viewStates().forEach((step, state) -> response.withData(step, state.name()));
        return response.build();
    }
}
