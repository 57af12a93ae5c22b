package io.surstream.streaming.lag;

import io.surstream.streaming.client.AdminFutures;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Asks the cluster how far Kafka Streams groups are, partition by partition. Used by one thread. All methods may throw a {@link org.apache.kafka.common.KafkaException}. */
public final class GroupProgress implements AutoCloseable {

    private final Admin admin;

    public GroupProgress(Admin admin) {
        this.admin = admin;
    }

    /**
     * How far a group is in a partition.
     *
     * @param committed offset of the next record; the first one that there is where the group has committed nothing
     * @param end offset behind the last record that is not in an open transaction
     */
    public record Position(long committed, long end) {

        /** Whether records wait. A transaction's marker counts as one until the group has moved past it. */
        public boolean isWaiting() {
            return committed < end;
        }
    }

    /**
     * Of every partition of the topics.
     *
     * @param group its Kafka Streams application id
     * @param topics full names
     */
    public Map<TopicPartition, Position> of(String group, Set<String> topics) {
        Set<TopicPartition> partitions = partitions(topics);
        Map<TopicPartition, Long> begins = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        committed(group).forEach((partition, offset) -> begins.merge(partition, offset, Math::max));
        Map<TopicPartition, Position> positions = new HashMap<>();
        partitions.forEach(one -> positions.put(one, new Position(begins.get(one), ends.get(one))));
        return positions;
    }

    /** Of the topics, by their full names. */
    public Set<TopicPartition> partitions(Set<String> topics) {
        Set<TopicPartition> partitions = new HashSet<>();
        AdminFutures.await(admin.describeTopics(topics).allTopicNames()).forEach((topic, found) -> found.partitions()
                .forEach(info -> partitions.add(new TopicPartition(topic, info.partition()))));
        return partitions;
    }

    /** Identity of the cluster itself, permanent. */
    public String clusterId() {
        return AdminFutures.await(admin.describeCluster().clusterId());
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec where) {
        Map<TopicPartition, OffsetSpec> asked = partitions.stream().collect(Collectors.toMap(one -> one, one -> where));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        AdminFutures.await(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try {
            Map<TopicPartition, OffsetAndMetadata> found =
                    AdminFutures.await(admin.listStreamsGroupOffsets(Map.of(group, new ListStreamsGroupOffsetsSpec()))
                            .partitionsToOffsetAndMetadata(group));
            found.forEach((partition, offset) -> {
                if (offset != null) {
                    offsets.put(partition, offset.offset());
                }
            });
        } catch (GroupIdNotFoundException e) {
            // It has never committed.
            return Map.of();
        }
        return offsets;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
