package io.surstream.gateway.health;

import io.surstream.gateway.Gateway;
import jakarta.inject.Singleton;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the job view runs; while partitions move the global store answers, so that counts too once it has run. */
@Readiness
@Singleton
class ViewReadiness implements HealthCheck {

    private final Gateway gateway;
    private boolean hasRun;

    ViewReadiness(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public synchronized HealthCheckResponse call() {
        KafkaStreams.State state = gateway.viewState();
        hasRun |= state == KafkaStreams.State.RUNNING;
        return HealthCheckResponse.named("gateway: job view")
                .status(hasRun && state.isRunningOrRebalancing())
                .withData("state", state.name())
                .build();
    }
}
