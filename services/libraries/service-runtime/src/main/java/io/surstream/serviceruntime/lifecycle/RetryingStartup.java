package io.surstream.serviceruntime.lifecycle;

import io.surstream.retry.Backoff;
import io.surstream.streaming.loop.Threads;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts something that needs the cluster or the store, on its own thread, repeatedly until they answer. A service
 * is thus up, and says that it is not ready, while they are still down.
 *
 * @param <T> what is started; closed with this object
 */
public final class RetryingStartup<T extends AutoCloseable> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetryingStartup.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

    private final String name;
    private final Callable<T> start;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile T started;
    private volatile Throwable failure;

    private RetryingStartup(String name, Callable<T> start) {
        this.name = name;
        this.start = start;
        this.thread = new Thread(this::run, name + "-start");
    }

    /**
     * @param name for the log and the thread
     * @param start closes what it has opened when it throws; tried again after any exception
     */
    public static <T extends AutoCloseable> RetryingStartup<T> of(String name, Callable<T> start) {
        RetryingStartup<T> startup = new RetryingStartup<>(name, start);
        startup.thread.start();
        return startup;
    }

    /** What has been started, or null as long as it has not. */
    public T started() {
        return started;
    }

    /** What ended the start for good, or null: an error that waiting does not cure. */
    public Throwable failure() {
        return failure;
    }

    private void run() {
        for (int failures = 1; closing.getCount() > 0; failures++) {
            try {
                started = start.call();
                return;
            } catch (Exception e) {
                Duration wait = BACKOFF.after(failures);
                LOG.warn("{}: cannot start yet, next try in {}: {}", name, wait, e.toString());
                pause(wait);
            } catch (Error e) {
                failure = e;
                LOG.error("{}: could not start; the process should be restarted", name, e);
                return;
            }
        }
    }

    private void pause(Duration wait) {
        try {
            closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    /** Ends the waiting, then closes what was started. */
    @Override
    public void close() {
        closing.countDown();
        Threads.join(thread, Duration.ofSeconds(30));
        if (started == null) {
            return;
        }
        try {
            started.close();
        } catch (Exception e) {
            LOG.warn("{}: did not close cleanly", name, e);
        }
    }
}
