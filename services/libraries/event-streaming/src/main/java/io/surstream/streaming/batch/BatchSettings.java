package io.surstream.streaming.batch;

import io.surstream.retry.Backoff;
import java.time.Duration;

/**
 * How a batch worker takes and repeats work.
 *
 * @param group consumer group
 * @param maxBatch most events in a batch, 1 to 10,000
 * @param linger longest wait for a batch to fill after its first event
 * @param maxAttempts how often a batch, and then each of its events alone, is tried; 1 to 100
 * @param backoff between attempts, and between reconnections
 * @param silence longest time between two polls of a live worker; handling included
 * @param drain time to finish the current batch on close
 */
public record BatchSettings(
        String group,
        int maxBatch,
        Duration linger,
        int maxAttempts,
        Backoff backoff,
        Duration silence,
        Duration drain) {

    public BatchSettings {
        if (group.isBlank()) {
            throw new IllegalArgumentException("the consumer group must not be blank");
        }
        require("max-batch", maxBatch, 10_000);
        require("max-attempts", maxAttempts, 100);
        if (linger.isNegative()) {
            throw new IllegalArgumentException("linger must not be negative but is " + linger);
        }
    }

    /** 16 events, 5 ms linger, 3 attempts 0.2 s to 5 s apart, 60 s silence, 20 s drain. */
    public static BatchSettings of(String group) {
        return new BatchSettings(
                group,
                16,
                Duration.ofMillis(5),
                3,
                new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5)),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20));
    }

    public BatchSettings withBatch(int maxBatch, Duration linger) {
        return new BatchSettings(group, maxBatch, linger, maxAttempts, backoff, silence, drain);
    }

    public BatchSettings withAttempts(int maxAttempts, Backoff backoff) {
        return new BatchSettings(group, maxBatch, linger, maxAttempts, backoff, silence, drain);
    }

    public BatchSettings withTimes(Duration silence, Duration drain) {
        return new BatchSettings(group, maxBatch, linger, maxAttempts, backoff, silence, drain);
    }

    public static void require(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " must be 1.." + most + " but is " + value);
        }
    }
}
