package io.surstream.streaming.loop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoopStateTest {

    @Test
    void a_loop_is_live_until_it_stops_or_falls_silent() {
        LoopState state = new LoopState("worker", Duration.ofHours(1));
        assertTrue(state.isLive());
        state.stopped();
        assertFalse(state.isLive());
        assertFalse(new LoopState("worker", Duration.ofNanos(-1)).isLive());
    }

    @Test
    void a_closing_loop_is_not_ready() {
        LoopState state = new LoopState("worker", Duration.ofHours(1));
        assertFalse(state.isReady());
        state.ready(true);
        assertTrue(state.isReady());
        state.close();
        assertFalse(state.isReady());
    }

    @Test
    void closing_ends_every_pause() {
        LoopState state = new LoopState("worker", Duration.ofHours(1));
        state.pause(Duration.ZERO);
        state.close();
        assertThrows(DrainedException.class, () -> state.pause(Duration.ofHours(1)));
    }
}
