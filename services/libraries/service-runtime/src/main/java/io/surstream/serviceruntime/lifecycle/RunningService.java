package io.surstream.serviceruntime.lifecycle;

import io.surstream.streaming.EventStreaming;
import java.util.Map;
import java.util.Optional;

/** A service between its start and its end. */
final class RunningService implements AutoCloseable {
    private final ServiceLifecycle service;
    private final RetryingStartup<ServiceWorkers> startup;

    /** Starts it in the background. */
    RunningService(ServiceLifecycle service, EventStreaming streaming) {
        this.service = service;
        this.startup = RetryingStartup.of(service.name(), () -> service.start(streaming));
    }

    String name() {
        return service.name();
    }

    boolean isReady() {
        return workers().map(ServiceWorkers::isReady).orElse(false);
    }

    boolean isLive() {
        return startup.failure() == null
                && workers().map(ServiceWorkers::isLive).orElse(true);
    }

    Map<String, String> details() {
        return workers().map(ServiceWorkers::details).orElse(Map.of());
    }

    private Optional<ServiceWorkers> workers() {
        return Optional.ofNullable(startup.started());
    }

    @Override
    public void close() {
        startup.close();
        service.close();
    }
}
