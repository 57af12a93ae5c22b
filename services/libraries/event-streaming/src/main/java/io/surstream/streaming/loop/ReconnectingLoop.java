package io.surstream.streaming.loop;

import io.surstream.retry.Backoff;
import java.time.Duration;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection after the other, on its own thread, until it is closed. After an error it waits, longer each time, and
 * connects again; a connection that held for a while, or did its work, makes the waits short again.
 */
public final class ReconnectingLoop {

    private static final Logger LOG = LoggerFactory.getLogger(ReconnectingLoop.class);

    private final String name;
    private final LoopState state;
    private final Duration healthyAfter;
    private final Backoff backoff;
    private final Runnable connection;
    private final Runnable reconnected;
    private final Thread thread;
    private int failures;

    /**
     * @param healthyAfter a connection that lasted longer does not count as one more failure in a row
     * @param connection opens a connection, serves it until the state is closing, and closes it
     * @param reconnected receives each connection failure
     */
    public ReconnectingLoop(
            String name,
            LoopState state,
            Duration healthyAfter,
            Backoff backoff,
            Runnable connection,
            Runnable reconnected) {
        this.name = name;
        this.state = state;
        this.healthyAfter = healthyAfter;
        this.backoff = backoff;
        this.connection = connection;
        this.reconnected = reconnected;
        this.thread = new Thread(this::run, name);
    }

    public void start() {
        thread.start();
    }

    /** Work was done: the next failure is the first. Called by the connection, on the loop's thread. */
    public void succeeded() {
        failures = 0;
    }

    /** Waits until the loop has ended, and interrupts it when it takes too long. The state must be closing. */
    public void join(Duration patience) {
        Threads.join(thread, patience);
    }

    private void run() {
        try {
            while (!state.isClosing()) {
                connect();
            }
        } catch (DrainedException e) {
            LOG.debug("{}: closed while waiting", name);
        } catch (Throwable e) {
            LOG.error("{}: stopped by an error; the process should be restarted", name, e);
        } finally {
            state.stopped();
        }
    }

    private void connect() {
        long opened = System.nanoTime();
        state.beat();
        try {
            connection.run();
        } catch (WakeupException | DrainedException e) {
            // Usually closing; otherwise the next connection continues.
            LOG.debug("{}: interrupted: {}", name, e.toString());
        } catch (RuntimeException e) {
            boolean wasHealthy = System.nanoTime() - opened > healthyAfter.toNanos();
            failures = wasHealthy ? 1 : failures + 1;
            state.ready(false);
            reconnected.run();
            Duration wait = backoff.after(failures);
            LOG.warn("{}: connects again in {} after {}", name, wait, e.toString());
            state.pause(wait);
        }
    }
}
