package io.surstream.serviceruntime.lifecycle;

import io.surstream.streaming.EventStreaming;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is a service's own in its start and its end; {@link ServiceRunner} does the rest. Implement it as one bean of application
 * scope; several services may share a process.
 */
public interface ServiceLifecycle {
    /** The service's name in health, logs, metrics and traces. */
    String name();

    /** Folders that it writes to, by their names in metrics. */
    default Map<String, Path> folders() {
        return Map.of();
    }

    /**
     * Warms up, and joins the cluster. Called on its own thread, and again after any exception but never twice at a time, until it
     * returns or throws an error.
     *
     * @param streaming the same for all calls
     * @return what takes events or requests; closed at the end of the process
     * @throws Exception while cluster or store do not answer; then nothing is left open
     */
    ServiceWorkers start(EventStreaming streaming) throws Exception;

    /** Closes what the service holds besides its workers; called after these are closed, and also when none has started. */
    default void close() {}
}
