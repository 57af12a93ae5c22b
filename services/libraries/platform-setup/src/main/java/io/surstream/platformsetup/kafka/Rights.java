package io.surstream.platformsetup.kafka;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import io.surstream.streaming.follow.FencedTopicLog;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Collects the rights of one user by what it does: each method grants what Kafka requires for that. */
final class Rights {

    /** What is done with a topic of the catalogue. */
    enum Use {
        READS(READ),
        WRITES(WRITE),
        DESCRIBES(DESCRIBE),
        LOOKS_AT_SETTINGS(DESCRIBE_CONFIGS),
        CREATES(CREATE);

        private final AclOperation operation;

        Use(AclOperation operation) {
            this.operation = operation;
        }
    }

    private final Map<Use, Set<Topic>> topics = new EnumMap<>(Use.class);
    private final Set<Topic> fencedLogs = EnumSet.noneOf(Topic.class);
    private final List<AccessGrant> others = new ArrayList<>();
    private String shareGroup;

    Rights reads(Topic... read) {
        return use(Use.READS, read);
    }

    Rights writes(Topic... written) {
        return use(Use.WRITES, written);
    }

    Rights describes(Topic... described) {
        return use(Use.DESCRIBES, described);
    }

    private Rights use(Use use, Topic... used) {
        topics.computeIfAbsent(use, none -> EnumSet.noneOf(Topic.class)).addAll(List.of(used));
        return this;
    }

    /** A consumer group, and transactions whose ids begin with its name. */
    Rights batchWorker(String group) {
        return grant(GROUP, group, LITERAL, READ).grant(TRANSACTIONAL_ID, group + '-', PREFIXED, WRITE);
    }

    /** A share group; its settings are looked at before it is used. */
    Rights shareWorker(String group) {
        shareGroup = group;
        return grant(GROUP, group, LITERAL, READ).grant(GROUP, group, LITERAL, DESCRIBE_CONFIGS);
    }

    /** Kafka Streams: a group, and groups, transactions and internal topics of further applications whose names begin with its. */
    Rights streams(String applicationId) {
        String prefix = applicationId + '-';
        return batchWorker(applicationId)
                .grant(GROUP, prefix, PREFIXED, READ)
                .grant(ResourceType.TOPIC, prefix, PREFIXED, CREATE)
                .grant(ResourceType.TOPIC, prefix, PREFIXED, READ)
                .grant(ResourceType.TOPIC, prefix, PREFIXED, WRITE);
    }

    /** Reads topics with their settings, those of a Kafka Streams application too. */
    Rights copies(String applicationId, Topic... copied) {
        String prefix = applicationId + '-';
        return reads(copied)
                .use(Use.LOOKS_AT_SETTINGS, copied)
                .grant(ResourceType.TOPIC, prefix, PREFIXED, READ)
                .grant(ResourceType.TOPIC, prefix, PREFIXED, DESCRIBE_CONFIGS);
    }

    /** Recreates topics and fills them, those of a Kafka Streams application too. */
    Rights remakes(String applicationId, Topic... remade) {
        String prefix = applicationId + '-';
        return writes(remade)
                .use(Use.CREATES, remade)
                .grant(ResourceType.TOPIC, prefix, PREFIXED, CREATE)
                .grant(ResourceType.TOPIC, prefix, PREFIXED, WRITE);
    }

    /** Takes turns with other writers of a topic, under one transactional id. */
    Rights fencedLog(Topic topic) {
        fencedLogs.add(topic);
        return this;
    }

    /** Sees how far other groups are. */
    Rights watchesGroups(String... groups) {
        for (String group : groups) {
            grant(GROUP, group, LITERAL, DESCRIBE);
        }
        return this;
    }

    /** Groups of its own whose names begin so. */
    Rights groupsFrom(String prefix) {
        return grant(GROUP, prefix, PREFIXED, READ);
    }

    private Rights grant(ResourceType type, String name, PatternType pattern, AclOperation operation) {
        others.add(new AccessGrant(new ResourcePattern(type, name, pattern), operation));
        return this;
    }

    Set<Topic> topicsFor(Use use) {
        return topics.getOrDefault(use, Set.of());
    }

    Optional<String> shareGroup() {
        return Optional.ofNullable(shareGroup);
    }

    List<AccessGrant> grants(Topics catalogue) {
        List<AccessGrant> all = new ArrayList<>();
        topics.forEach((use, used) -> used.forEach(topic -> all.add(new AccessGrant(
                new ResourcePattern(ResourceType.TOPIC, catalogue.name(topic), LITERAL), use.operation))));
        all.addAll(others);
        fencedLogs.forEach(topic -> all.add(new AccessGrant(
                new ResourcePattern(TRANSACTIONAL_ID, FencedTopicLog.transactionalId(catalogue.name(topic)), LITERAL),
                WRITE)));
        return List.copyOf(all);
    }
}
