package io.surstream.gateway.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.streaming.lag.GroupProgress.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StallClockTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final TopicPartition ONE = new TopicPartition("events", 0);
    private static final TopicPartition TWO = new TopicPartition("events", 1);

    private final StallClock clock = new StallClock();

    @Test
    void nothing_is_stalled_while_nothing_waits() {
        look(0, new Position(7, 7), new Position(0, 0));
        look(60, new Position(7, 7), new Position(0, 0));

        assertEquals(Optional.empty(), clock.oldest(at(90)));
    }

    @Test
    void a_partition_that_gets_on_however_slowly_is_young() {
        look(0, new Position(1, 1_000), new Position(0, 0));
        look(10, new Position(2, 2_000), new Position(0, 0));

        assertEquals(Duration.ofSeconds(5), clock.oldest(at(15)).orElseThrow().age());
    }

    @Test
    void the_partition_that_has_stood_longest_is_named_with_what_waits() {
        look(0, new Position(17, 19), new Position(0, 0));
        look(10, new Position(17, 20), new Position(3, 4));

        StallClock.Stall stall = clock.oldest(at(35)).orElseThrow();

        assertEquals(new StallClock.Stall(ONE, 17, 3, Duration.ofSeconds(35)), stall);
    }

    @Test
    void a_partition_that_went_to_another_process_is_forgotten() {
        look(0, new Position(17, 19), new Position(3, 4));

        clock.look(Map.of(TWO, new Position(3, 4)), at(10));

        assertEquals(TWO, clock.oldest(at(20)).orElseThrow().partition());
    }

    private void look(int seconds, Position one, Position two) {
        clock.look(Map.of(ONE, one, TWO, two), at(seconds));
    }

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }
}
