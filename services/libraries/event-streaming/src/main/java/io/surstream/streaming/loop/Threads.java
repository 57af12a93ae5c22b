package io.surstream.streaming.loop;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a thread to end, and interrupts it when it takes too long. */
public final class Threads {

    private static final Logger LOG = LoggerFactory.getLogger(Threads.class);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(10);

    private Threads() {}

    /** Returns when the thread has ended; interrupts it when that takes longer than allowed. */
    public static void join(Thread thread, Duration patience) {
        try {
            thread.join(Math.max(1, patience.toMillis()));
            if (thread.isAlive()) {
                LOG.warn("{} is interrupted: not done within {}", thread.getName(), patience);
                thread.interrupt();
                thread.join(AFTER_INTERRUPT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
