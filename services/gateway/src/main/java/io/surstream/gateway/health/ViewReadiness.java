package io.surstream.gateway.health;

import io.surstream.gateway.Gateway;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the job view runs and makes progress; while partitions move the global store answers, so that counts too
 * once it has run.
 */
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
        Map<String, KafkaStreams.State> states = gateway.viewStates();
        hasRun |= states.values().stream().allMatch(KafkaStreams.State.RUNNING::equals);
        boolean runs = states.values().stream().allMatch(KafkaStreams.State::isRunningOrRebalancing);
        Optional<String> problem = gateway.viewProblem();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("gateway: job view").status(hasRun && runs && problem.isEmpty());
        states.forEach((step, state) -> response.withData(step, state.name()));
        problem.ifPresent(reason -> response.withData("reason", reason));
        return response.build();
    }
}
