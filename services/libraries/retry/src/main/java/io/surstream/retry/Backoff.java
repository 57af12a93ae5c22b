package io.surstream.retry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Exponential back-off with full jitter. The limit of a wait doubles with each failure in a row, from {@code first} to
 * {@code longest}; the wait itself is random between zero and that limit. Processes that lost the same broker or store at the
 * same moment therefore do not come back at the same moment. Immutable and safe for use from many threads.
 *
 * @param first limit of the wait before the second attempt; the mean is half of it
 * @param longest no limit is higher
 * @param random share of the limit, 0 (inclusive) to 1 (exclusive)
 */
public record Backoff(Duration first, Duration longest, DoubleSupplier random) {
    private static final DoubleSupplier FULL_JITTER =
            () -> ThreadLocalRandom.current().nextDouble();
    private static final int MOST_DOUBLINGS = 20;

    public Backoff {
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "back-off must be 0 <= first <= longest but is " + first + ", " + longest);
        }
    }

    /** With random numbers of each thread's own. */
    public Backoff(Duration first, Duration longest) {
        this(first, longest, FULL_JITTER);
    }

    /** The wait before the next attempt. @param failures in a row so far, 1 or more */
    public Duration after(int failures) {
        return Duration.ofNanos((long) (limit(failures).toNanos() * random.getAsDouble()));
    }

    private Duration limit(int failures) {
        Duration limit = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return limit.compareTo(longest) < 0 ? limit : longest;
    }
}
