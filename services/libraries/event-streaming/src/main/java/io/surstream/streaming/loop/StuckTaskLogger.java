package io.surstream.streaming.loop;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Logs the stack of a thread whose current work takes long: the first time after some patience, then each time after
 * twice as long, so that a stuck one leaves its trace in the log and a slow one does not fill it. Used by one thread.
 */
public final class StuckTaskLogger {

    private static final int DEEPEST = 40;

    private final Thread worker;
    private long nextNanos;

    public StuckTaskLogger(Thread worker, Duration patience) {
        this.worker = worker;
        this.nextNanos = patience.toNanos();
    }

    /** State and stack of the worker when it is time to tell again. */
    public Optional<String> after(long elapsedNanos) {
        if (elapsedNanos < nextNanos) {
            return Optional.empty();
        }
        nextNanos = 2 * elapsedNanos;
        String stack = Arrays.stream(worker.getStackTrace())
                .limit(DEEPEST)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
        return Optional.of(worker.getState() + stack);
    }
}
