package io.surstream.embedded;

import java.time.Duration;
import java.util.Map;

/**
 * Broker-wide limits of share groups (Kafka 4.2 has no delivery limit per group).
 *
 * @param lockDuration how long a record stays with the consumer that acquired it unless renewed; 1 s to 60 s
 * @param deliveryLimit deliveries of one record before the broker gives it up; 2 to 10
 * @param heartbeat how often a member reports; 100 ms to 5 s. Short heartbeats make joining and leaving quick.
 */
public record ShareGroupSettings(Duration lockDuration, int deliveryLimit, Duration heartbeat) {

    public ShareGroupSettings {
        require("lockDuration", lockDuration, Duration.ofSeconds(1), Duration.ofSeconds(60));
        require("heartbeat", heartbeat, Duration.ofMillis(100), Duration.ofSeconds(5));
        if (deliveryLimit < 2 || deliveryLimit > 10) {
            throw new IllegalArgumentException("deliveryLimit must be 2..10 but is " + deliveryLimit);
        }
    }

    /**
     * 30 s lock, 10 deliveries, a heartbeat every 500 ms. At the broker's limit a record is silently dropped; workers
     * have their own lower limit, and deliveries that never reached them count too.
     */
    public static ShareGroupSettings defaults() {
        return new ShareGroupSettings(Duration.ofSeconds(30), 10, Duration.ofMillis(500));
    }

    Map<String, String> brokerProperties() {
        String beat = String.valueOf(heartbeat.toMillis());
        return Map.of(
                "group.share.min.record.lock.duration.ms",
                "1000",
                "group.share.record.lock.duration.ms",
                String.valueOf(lockDuration.toMillis()),
                "group.share.delivery.count.limit",
                String.valueOf(deliveryLimit),
                "group.share.min.heartbeat.interval.ms",
                beat,
                "group.share.heartbeat.interval.ms",
                beat);
    }

    private static void require(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be " + least + ".." + most + " but is " + value);
        }
    }
}
