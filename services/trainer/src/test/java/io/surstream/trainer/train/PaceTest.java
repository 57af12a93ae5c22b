package io.surstream.trainer.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    private final Pace pace = new Pace();

    @Test
    void nothing_is_known_before_the_first_step_has_ended() {
        pace.tick(5 * SECOND, 0);

        assertEquals(0, pace.examplesPerSecond());
        assertEquals(0, pace.secondsFor(10));
    }

    @Test
    void speed_and_time_left_follow_from_the_steps_so_far() {
        pace.tick(5 * SECOND, 0);
        pace.tick(7 * SECOND, 4);
        pace.tick(9 * SECOND, 2);

        assertEquals(1.5, pace.examplesPerSecond(), 1e-9);
        assertEquals(20, pace.secondsFor(10));
    }

    @Test
    void what_was_slow_long_ago_is_forgotten() {
        pace.tick(0, 0);
        for (int step = 1; step <= 60; step++) {
            pace.tick((1000 + step) * SECOND, 4);
        }

        assertEquals(4, pace.examplesPerSecond(), 1e-9);
        assertEquals(5, pace.secondsFor(5));
    }
}
