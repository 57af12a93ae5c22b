package io.surstream.streaming.topic;

import java.time.Duration;
import java.util.Map;

/**
 * How topics are created. Topics that exist already are left as they are; differences are reported.
 *
 * @param prefix put before every short name; may be empty
 * @param partitions of every topic, 1 or more. Consumer groups scale up to this; share groups beyond it.
 * @param replication 1 to the number of brokers, or -1 for the broker's default
 * @param retention overrides by short name
 */
public record TopicSettings(String prefix, int partitions, short replication, Map<String, Duration> retention) {

    public TopicSettings {
        if (!prefix.matches("[A-Za-z0-9._-]{0,100}")) {
            throw new IllegalArgumentException(
                    "surstream.kafka.topics.prefix must be 0..100 characters of [A-Za-z0-9._-] but is \"" + prefix
                            + '"');
        }
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "surstream.kafka.topics.partitions must be 1 or more but is " + partitions);
        }
        if (replication < 1 && replication != -1) {
            throw new IllegalArgumentException(
                    "surstream.kafka.topics.replication must be 1 or more, or -1 for the broker's default, but is "
                            + replication);
        }
        retention = Map.copyOf(retention);
        retention.keySet().forEach(TopicSettings::requireShortName);
    }

    /** Prefix {@code surstream.}, 4 partitions, the broker's own replication. */
    public static TopicSettings defaults() {
        return new TopicSettings("surstream.", 4, (short) -1, Map.of());
    }

    public TopicSettings withPrefix(String prefix) {
        return new TopicSettings(prefix, partitions, replication, retention);
    }

    public TopicSettings withPartitions(int partitions) {
        return new TopicSettings(prefix, partitions, replication, retention);
    }

    private static void requireShortName(String name) {
        for (Topic topic : Topic.values()) {
            if (topic.shortName().equals(name)) {
                return;
            }
        }
        throw new IllegalArgumentException("surstream.kafka.topics.retention names the unknown topic \"" + name + '"');
    }
}
