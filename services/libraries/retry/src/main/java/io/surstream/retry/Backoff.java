package io.surstream.streaming;

import java.time.Duration;

/**
 * Waits that double: first, twice that, … up to the longest.
 *
 * @param first before the second attempt
 * @param longest never waits longer
 */
public record Backoff(Duration first, Duration longest) {

    public Backoff {
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "back-off must be 0 <= first <= longest but is " + first + ", " + longest);
        }
    }

    /**
     * @param failures so far, 1 or more
     */
    public Duration after(int failures) {
        Duration wait = first.multipliedBy(1L << Math.min(failures - 1, 20));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
