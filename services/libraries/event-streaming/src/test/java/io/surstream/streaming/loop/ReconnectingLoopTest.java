package io.surstream.streaming.loop;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.retry.Backoff;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReconnectingLoopTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final LoopState state = new LoopState("loop", LONG);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();

    private ReconnectingLoop started(Backoff backoff, Runnable connection) {
        ReconnectingLoop loop = new ReconnectingLoop("loop", state, LONG, backoff, connection, broken::incrementAndGet);
        loop.start();
        return loop;
    }

    private void end(ReconnectingLoop loop) {
        state.close();
        loop.join(LONG);
        assertFalse(state.isLive());
    }

    @Test
    void a_broken_connection_is_told_and_followed_by_the_next() {
        ReconnectingLoop loop = started(new Backoff(Duration.ZERO, Duration.ZERO), () -> {
            if (connections.incrementAndGet() <= 3) {
                throw new IllegalStateException("broken");
            }
            state.ready(true);
            state.pause(LONG);
        });

        await().until(state::isReady);
        assertEquals(3, broken.get());
        assertEquals(4, connections.get());
        end(loop);
    }

    @Test
    void closing_ends_a_wait_between_two_connections() {
        ReconnectingLoop loop = started(new Backoff(LONG, LONG), () -> {
            throw new IllegalStateException("broken");
        });

        await().until(() -> broken.get() == 1);
        assertTrue(state.isLive());
        end(loop);
        assertEquals(1, broken.get());
    }

    @Test
    void an_error_that_no_connection_cures_stops_the_loop_and_its_life() {
        ReconnectingLoop loop = started(new Backoff(Duration.ZERO, Duration.ZERO), () -> {
            throw new NoClassDefFoundError("gone");
        });

        loop.join(LONG);
        assertFalse(state.isLive());
        assertEquals(0, broken.get());
    }
}
