package io.surstream.gateway.view;

import io.surstream.streaming.lag.GroupProgress.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** How long partitions have made no progress although records wait in them. Thread-safe. */
final class StallClock {

    /** @param waiting records, counted as offsets are */
    record Stall(TopicPartition partition, long committed, long waiting, Duration age) {}

    private record Stand(Position position, Instant since) {}

    private final Map<TopicPartition, Stand> stands = new HashMap<>();

    /** @param positions of all partitions that are to be watched; others are forgotten */
    synchronized void look(Map<TopicPartition, Position> positions, Instant now) {
        stands.keySet().retainAll(positions.keySet());
        positions.forEach((partition, position) -> {
            Stand before = stands.get(partition);
            if (!position.isWaiting()) {
                stands.remove(partition);
            } else {
                boolean stoodStill = before != null && before.position().committed() == position.committed();
                stands.put(partition, new Stand(position, stoodStill ? before.since() : now));
            }
        });
    }

    /** The oldest one; empty when all make progress. */
    synchronized Optional<Stall> oldest(Instant now) {
        return stands.entrySet().stream()
                .min(Comparator.comparing(each -> each.getValue().since()))
                .map(each -> stall(each.getKey(), each.getValue(), now));
    }

    private static Stall stall(TopicPartition partition, Stand stand, Instant now) {
        Position position = stand.position();
        return new Stall(
                partition,
                position.committed(),
                position.end() - position.committed(),
                Duration.between(stand.since(), now));
    }
}
