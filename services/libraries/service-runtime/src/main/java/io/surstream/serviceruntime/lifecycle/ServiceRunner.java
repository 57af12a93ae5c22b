package io.surstream.serviceruntime.lifecycle;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.surstream.keys.UnknownSettings;
import io.surstream.metrics.DiskMeters;
import io.surstream.metrics.ProcessMeters;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** Starts the services of this process in the background, and stops them one after the other. */
@Singleton
public class ServiceRunner {
    private final Instance<ServiceLifecycle> services;
    private final KafkaConfig kafka;
    private final MeterRegistry meters;
    private final ServiceHealth health;
    private final List<RunningService> running = new ArrayList<>();

    ServiceRunner(
            @Any Instance<ServiceLifecycle> services, KafkaConfig kafka, MeterRegistry meters, ServiceHealth health) {
        this.services = services;
        this.kafka = kafka;
        this.meters = meters;
        this.health = health;
    }

    /** Before anything is loaded. */
    static void refuseUnknownSettings(@Observes @Priority(UnknownSettings.PRIORITY) StartupEvent event) {
        UnknownSettings.refuse(ConfigProvider.getConfig());
    }

    void start(@Observes StartupEvent event) {
        ProcessMeters.bind(meters);
        services.forEach(this::start);
    }

    private void start(ServiceLifecycle service) {
        DiskMeters.watch(meters, service.folders());
        EventStreaming streaming = new EventStreaming(kafka.settings(), kafka.catalogue(), service.name(), meters);
        RunningService started = new RunningService(service, streaming);
        running.add(started);
        health.add(started);
    }

    void stop(@Observes ShutdownEvent event) {
        running.forEach(health::remove);
        running.forEach(RunningService::close);
    }
}
