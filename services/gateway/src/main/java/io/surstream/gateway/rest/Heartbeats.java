package io.surstream.gateway.rest;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One daemon thread that keeps quiet connections alive, so that proxies do not close them. Thread-safe. */
public final class Heartbeats implements AutoCloseable {

    private final Duration interval;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "gateway-heartbeats");
        thread.setDaemon(true);
        return thread;
    });

    public Heartbeats(Duration interval) {
        this.interval = interval;
    }

    /**
     * @param beat must not block or throw
     * @return stops this beat
     */
    Runnable each(Runnable beat) {
        long millis = interval.toMillis();
        ScheduledFuture<?> scheduled = timer.scheduleAtFixedRate(beat, millis, millis, TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
