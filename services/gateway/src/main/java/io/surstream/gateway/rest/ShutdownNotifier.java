package io.surstream.gateway.rest;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends the event streams when this process leaves, so that it need not wait for their jobs: clients connect again, as browsers do
 * by themselves, and come to another gateway. Thread-safe.
 */
public final class ShutdownNotifier {

    private final Set<Runnable> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean signalled;

    /**
     * @param end called once the process stops, immediately if it does already; may be called twice
     * @return forgets this stream
     */
    Runnable listen(Runnable end) {
        streams.add(end);
        if (signalled) {
            end.run();
        }
        return () -> streams.remove(end);
    }

    /** From now on a stream tells the present state and ends. */
    public void signal() {
        signalled = true;
        streams.forEach(Runnable::run);
    }
}
