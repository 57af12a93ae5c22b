package io.surstream.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static List<Long> waits(Backoff backoff, int failures) {
        return IntStream.rangeClosed(1, failures)
                .mapToObj(n -> backoff.after(n).toMillis())
                .toList();
    }

    @Test
    void limits_double_up_to_the_longest() {
        Backoff half = new Backoff(FIRST, LONGEST, () -> 0.5);

        assertEquals(List.of(50L, 100L, 200L, 400L, 500L, 500L), waits(half, 6));
        assertEquals(Duration.ofMillis(500), half.after(1_000_000));
    }

    @Test
    void a_wait_is_anywhere_between_zero_and_its_limit() {
        Backoff backoff = new Backoff(FIRST, LONGEST);

        var waits = IntStream.range(0, 1_000)
                .mapToLong(n -> backoff.after(20).toMillis())
                .summaryStatistics();

        assertTrue(waits.getMin() < 100, waits::toString);
        assertTrue(waits.getMax() > 900 && waits.getMax() <= 1_000, waits::toString);
        assertEquals(500, waits.getAverage(), 60);
    }

    @Test
    void two_that_fail_together_do_not_come_back_together() {
        assertNotEquals(waits(new Backoff(FIRST, LONGEST), 20), waits(new Backoff(FIRST, LONGEST), 20));
    }

    @Test
    void without_a_first_wait_there_is_none() {
        assertEquals(Duration.ZERO, new Backoff(Duration.ZERO, Duration.ZERO).after(5));
    }

    @Test
    void a_longest_wait_shorter_than_the_first_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Backoff(LONGEST, FIRST));
    }
}
