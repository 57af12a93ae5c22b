package io.surstream.streaming.lag;

import io.surstream.streaming.client.AdminFutures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Asks the cluster how many records of a topic a group has yet to finish. Before a group has read a partition, that is all of
 * it. Markers of transactions count as records, as offsets do.
 */
final class BacklogQuery {

    private final Admin admin;

    BacklogQuery(Admin admin) {
        this.admin = admin;
    }

    long ofConsumers(String group, String topic) {
        List<TopicPartition> partitions = partitions(topic);
        var answer = admin.listConsumerGroupOffsets(
                Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)));
        Map<TopicPartition, Long> begins = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> committed = known(answer.partitionsToOffsetAndMetadata(group));
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                begins.put(partition, offset.offset());
            }
        });
        return untilEnd(partitions, begins);
    }

    /** The broker counts what a group has finished beyond its first unfinished record, where it can. */
    long ofSharers(String group, String topic) {
        List<TopicPartition> partitions = partitions(topic);
        var answer =
                admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec().topicPartitions(partitions)));
        Map<TopicPartition, Long> begins = new HashMap<>();
        long counted = 0;
        List<TopicPartition> rest = new java.util.ArrayList<>(partitions);
        Map<TopicPartition, SharePartitionOffsetInfo> started = known(answer.partitionsToOffsetInfo(group));
        for (var each : started.entrySet()) {
            Optional<Long> lag = Optional.ofNullable(each.getValue())
                    .flatMap(SharePartitionOffsetInfo::lag)
                    .filter(records -> records >= 0);
            if (lag.isPresent()) {
                counted += lag.get();
                rest.remove(each.getKey());
            } else if (each.getValue() != null && each.getValue().startOffset() >= 0) {
                begins.put(each.getKey(), each.getValue().startOffset());
            }
        }
        return counted + untilEnd(rest, begins);
    }

    private List<TopicPartition> partitions(String topic) {
        return AdminFutures.await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** Nothing for a group that the cluster has never seen. */
    private static <V> Map<TopicPartition, V> known(KafkaFuture<Map<TopicPartition, V>> answer) {
        try {
            return AdminFutures.await(answer);
        } catch (GroupIdNotFoundException e) {
            return Map.of();
        }
    }

    private long untilEnd(List<TopicPartition> partitions, Map<TopicPartition, Long> begins) {
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        List<TopicPartition> unread =
                partitions.stream().filter(one -> !begins.containsKey(one)).toList();
        Map<TopicPartition, Long> all = new HashMap<>(offsets(unread, OffsetSpec.earliest()));
        all.putAll(begins);
        return partitions.stream()
                .mapToLong(one -> Math.max(0, ends.get(one) - all.get(one)))
                .sum();
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec where) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, OffsetSpec> asked = partitions.stream().collect(Collectors.toMap(one -> one, one -> where));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                AdminFutures.await(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all());
        return found.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue()
                .offset()));
    }
}
