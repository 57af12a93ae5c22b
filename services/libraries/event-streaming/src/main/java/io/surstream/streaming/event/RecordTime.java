package io.surstream.streaming.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a record was written, made safe to calculate with. A client may set any number as a record's timestamp, and some clients set
 * seconds, microseconds or nanoseconds where Kafka means milliseconds.
 */
public final class RecordTime {

    /** No record of this product is older. */
    static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

    /** Clocks of two machines differ by less. */
    static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    /** Seconds of the year 2514; a larger number is none of seconds. */
    private static final long LARGEST_SECONDS = 1L << 34;

    private RecordTime() {}

    /**
     * Never throws, whatever the number is.
     *
     * @param timestamp as the record has it: milliseconds since the epoch, or what its writer took for that
     * @param now by the reader's clock
     * @return from {@link #EARLIEST} to now: the time that the number means in milliseconds, seconds, microseconds or nanoseconds; now
     *     where it means none
     */
    public static Instant of(long timestamp, Instant now) {
        Instant latest = now.plus(CLOCKS_DIFFER);
        for (Instant meant : readings(timestamp)) {
            if (!meant.isBefore(EARLIEST) && !meant.isAfter(latest)) {
                return meant.isAfter(now) ? now : meant;
            }
        }
        return now;
    }

    /** The likeliest first; at most one of them falls into our time. */
    private static List<Instant> readings(long timestamp) {
        long seconds = Math.max(0, Math.min(timestamp, LARGEST_SECONDS));
        return List.of(
                Instant.ofEpochMilli(timestamp),
                Instant.ofEpochSecond(seconds),
                Instant.ofEpochMilli(timestamp / 1_000),
                Instant.ofEpochMilli(timestamp / 1_000_000));
    }
}
