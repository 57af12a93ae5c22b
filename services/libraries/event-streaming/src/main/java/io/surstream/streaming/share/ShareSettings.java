package io.surstream.streaming.share;

import io.surstream.retry.Backoff;
import io.surstream.streaming.batch.BatchSettings;
import java.time.Duration;

/**
 * How a share worker takes and repeats work.
 *
 * @param group share group
 * @param threads events worked on at a time, 1 to 256; each thread has its own consumer
 * @param maxAttempts how often the handler is tried in one delivery, 1 to 100
 * @param backoff between attempts, and between reconnections
 * @param deliveryLimit deliveries after which the event is dead-lettered, 1 to 9; must be less than the broker's
 *     {@code group.share.delivery.count.limit} (5 unless changed), or the broker silently drops the event first
 * @param silence longest time without a sign of life of a live thread
 * @param longestWork a handler that takes longer fails the worker's liveness
 * @param drain time to finish the current event on close; then it is handed back
 */
public record ShareSettings(
        String group,
        int threads,
        int maxAttempts,
        Backoff backoff,
        int deliveryLimit,
        Duration silence,
        Duration longestWork,
        Duration drain) {

    public ShareSettings {
        if (group.isBlank()) {
            throw new IllegalArgumentException("the share group must not be blank");
        }
        BatchSettings.require("lanes", threads, 256);
        BatchSettings.require("max-attempts", maxAttempts, 100);
        BatchSettings.require("delivery-limit", deliveryLimit, 9);
    }

    /** 1 thread, 3 attempts 0.5 s to 10 s apart, 4 deliveries, 60 s silence, 1 h work, 20 s drain. */
    public static ShareSettings of(String group) {
        return new ShareSettings(
                group,
                1,
                3,
                new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10)),
                4,
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                Duration.ofSeconds(20));
    }

    public ShareSettings withThreads(int threads) {
        return new ShareSettings(group, threads, maxAttempts, backoff, deliveryLimit, silence, longestWork, drain);
    }

    public ShareSettings withAttempts(int maxAttempts, Backoff backoff, int deliveryLimit) {
        return new ShareSettings(group, threads, maxAttempts, backoff, deliveryLimit, silence, longestWork, drain);
    }

    public ShareSettings withTimes(Duration silence, Duration longestWork, Duration drain) {
        return new ShareSettings(group, threads, maxAttempts, backoff, deliveryLimit, silence, longestWork, drain);
    }
}
