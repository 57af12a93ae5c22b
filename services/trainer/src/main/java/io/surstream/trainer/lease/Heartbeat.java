package io.surstream.trainer.lease;

import io.surstream.storage.StorageException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a lease alive on its own thread, as long as this is open. */
public final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final RunLease lease;
    private final Runnable beside;
    private final ScheduledExecutorService thread;

    /** @param beside done with every beat, such as checking for a stop request */
    public Heartbeat(RunLease lease, Duration interval, Runnable beside) {
        this.lease = lease;
        this.beside = beside;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread beating = new Thread(task, "trainer-heartbeat");
            beating.setDaemon(true);
            return beating;
        });
        thread.scheduleWithFixedDelay(this::beat, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            lease.beat();
            beside.run();
        } catch (StorageException e) {
            LOG.warn("run {}: no heartbeat, the store is away: {}", lease.runId(), e.getMessage());
        } catch (RuntimeException e) {
            // A task that throws is never run again, and the run would look dead.
            LOG.error("run {}: a heartbeat failed", lease.runId(), e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
