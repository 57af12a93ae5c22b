package io.surstream.streaming.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTimeTest {

    private static final Instant NOW = Instant.parse("2026-11-30T18:00:00Z");
    private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));

    @Test
    void a_time_in_milliseconds_is_taken_as_it_is() {
        assertEquals(YESTERDAY, RecordTime.of(YESTERDAY.toEpochMilli(), NOW));
        assertEquals(RecordTime.EARLIEST, RecordTime.of(RecordTime.EARLIEST.toEpochMilli(), NOW));
        assertEquals(NOW, RecordTime.of(NOW.toEpochMilli(), NOW));
    }

    @Test
    void seconds_microseconds_and_nanoseconds_are_understood() {
        long seconds = YESTERDAY.getEpochSecond();
        assertEquals(YESTERDAY, RecordTime.of(seconds, NOW));
        assertEquals(YESTERDAY, RecordTime.of(seconds * 1_000_000, NOW));
        assertEquals(YESTERDAY, RecordTime.of(seconds * 1_000_000_000, NOW));
    }

    @Test
    void a_clock_that_is_ahead_tells_now() {
        assertEquals(NOW, RecordTime.of(NOW.plusSeconds(180).toEpochMilli(), NOW));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                -1,
                0,
                1,
                -62135596800000L, // the year 1
                95617584000000L, // the year 5000
                253402300799999L, // the end of the year 9999
                Long.MIN_VALUE,
                Long.MIN_VALUE + 1,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                1_000
            })
    void a_number_that_means_no_time_of_ours_tells_now(long timestamp) {
        assertEquals(NOW, RecordTime.of(timestamp, NOW));
    }
}
