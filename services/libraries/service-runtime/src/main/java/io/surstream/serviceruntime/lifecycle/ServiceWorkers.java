package io.surstream.serviceruntime.lifecycle;

import java.util.Map;

/** What a started service runs. Safe for any thread. */
public interface ServiceWorkers extends AutoCloseable {
    /** True while it takes events or requests. */
    boolean isReady();

    /** False when only a new process helps. */
    boolean isLive();

    /** What else the health check says, by name; for example why the service has nothing to do. */
    default Map<String, String> details() {
        return Map.of();
    }

    /** Takes nothing more, and finishes or gives back what is in progress within the drain time of the settings. */
    @Override
    void close();
}
