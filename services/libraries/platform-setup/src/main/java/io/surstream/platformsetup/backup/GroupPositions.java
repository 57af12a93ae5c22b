package io.surstream.platformsetup.backup;

import io.surstream.platformsetup.kafka.AccessGrant;
import io.surstream.platformsetup.kafka.ServiceAccess;
import io.surstream.streaming.client.AdminFutures;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** How far the services have worked through each topic. */
final class GroupPositions {
    private final Map<String, Map<TopicPartition, Long>> positions;

    private GroupPositions(Map<String, Map<TopicPartition, Long>> positions) {
        this.positions = positions;
    }

    /**
     * Of all services' groups that there are.
     *
     * @throws BackupException when this user may not see how far one of them is: what it has done would be taken for work that waits
     */
    static GroupPositions read(Admin admin) {
        Map<String, GroupType> types = AdminFutures.await(admin.listGroups().all()).stream()
                .filter(group -> group.type().isPresent())
                .collect(Collectors.toMap(
                        GroupListing::groupId, group -> group.type().get()));
        Map<String, Map<TopicPartition, Long>> positions = new HashMap<>();
        services()
                .flatMap(service -> groups(service).stream())
                .distinct()
                .forEach(group -> positions.put(group, visible(admin, group, types)));
        return new GroupPositions(positions);
    }

    /**
     * A list of groups leaves out those that are hidden from its user; a request for one of these by name is refused.
     */
    private static Map<TopicPartition, Long> visible(Admin admin, String group, Map<String, GroupType> types) {
        try {
            return positions(admin, group, types.getOrDefault(group, GroupType.CONSUMER));
        } catch (GroupAuthorizationException e) {
            throw new BackupException(
                    "this Kafka user may not see how far group " + group
                            + " is; give it the right DESCRIBE on that group, as 'surstream bootstrap' does for the user backup");
        }
    }

    private static Map<TopicPartition, Long> positions(Admin admin, String group, GroupType type) {
        Map<TopicPartition, Long> found = new HashMap<>();
        switch (type) {
            case SHARE ->
                AdminFutures.await(admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                                .partitionsToOffsetInfo(group))
                        .forEach((partition, share) -> {
                            if (share != null) {
                                found.put(partition, share.startOffset());
                            }
                        });
            case STREAMS ->
                AdminFutures.await(admin.listStreamsGroupOffsets(Map.of(group, new ListStreamsGroupOffsetsSpec()))
                                .partitionsToOffsetAndMetadata(group))
                        .forEach((partition, committed) -> {
                            if (committed != null) {
                                found.put(partition, committed.offset());
                            }
                        });
            default ->
                AdminFutures.await(admin.listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec()))
                                .partitionsToOffsetAndMetadata(group))
                        .forEach((partition, committed) -> {
                            if (committed != null) {
                                found.put(partition, committed.offset());
                            }
                        });
        }
        return found;
    }

    private static Stream<ServiceAccess> services() {
        return Stream.of(ServiceAccess.values());
    }

    /** Those with a fixed name, which take part in the deployment's work. */
    private static List<String> groups(ServiceAccess service) {
        return service.grants(new Topics(TopicSettings.defaults())).stream()
                .filter(grant -> grant.operation() == AclOperation.READ)
                .map(AccessGrant::resource)
                .filter(resource ->
                        resource.resourceType() == ResourceType.GROUP && resource.patternType() == PatternType.LITERAL)
                .map(ResourcePattern::name)
                .toList();
    }

    /**
     * Where work begins that some service has not done: 0 where a service reads the topic without its own group, or has
     * not committed yet.
     */
    long oldestPending(Topic topic, TopicPartition partition) {
        List<Long> all = new ArrayList<>();
        services()
                .filter(service -> service.reads().contains(topic))
                .flatMap(service -> groups(service).stream())
                .forEach(
                        group -> all.add(positions.getOrDefault(group, Map.of()).getOrDefault(partition, 0L)));
        return all.stream().mapToLong(Long::longValue).min().orElse(0);
    }
}
