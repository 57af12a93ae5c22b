package io.surstream.streaming;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Looks at a cluster and changes nothing. Every question throws a Kafka exception when the cluster does not answer it. */
public final class ClusterInspection implements AutoCloseable {

    private static final Map<String, String> IMPATIENT =
            Map.of("default.api.timeout.ms", "8000", "request.timeout.ms", "5000", "client.id", "inspection");

    private final Admin admin;
    private final Topics topics;

    /** Makes no connection yet. */
    public ClusterInspection(KafkaSettings kafka, Topics topics) {
        this.admin = Admin.create(kafka.clientProperties(IMPATIENT));
        this.topics = topics;
    }

    /** How many brokers there are. */
    public int brokers() {
        return Awaiting.await(admin.describeCluster().nodes()).size();
    }

    /** Whether groups of Kafka 4.2 work: {@code share.version} and {@code group.version} are finalized at 1 or more. */
    public boolean hasShareGroups() {
        return level("share.version") >= 1 && level("group.version") >= 1;
    }

    /** The cluster's {@code metadata.version}: its level grows with Kafka's version. */
    public int metadataLevel() {
        return level("metadata.version");
    }

    private int level(String feature) {
        var finalized = Awaiting.await(admin.describeFeatures().featureMetadata())
                .finalizedFeatures()
                .get(feature);
        return finalized == null ? 0 : finalized.maxVersionLevel();
    }

    /** Full names of the catalogue's topics that are not there. */
    public List<String> missingTopics() {
        Set<String> present = Awaiting.await(admin.listTopics().names());
        return EnumSet.allOf(Topic.class).stream()
                .map(topics::name)
                .filter(name -> !present.contains(name))
                .toList();
    }

    /** Where topics that are there differ from the settings, one sentence each. */
    public List<String> differences() {
        Set<String> present = Awaiting.await(admin.listTopics().names());
        EnumSet<Topic> found = EnumSet.allOf(Topic.class);
        found.removeIf(topic -> !present.contains(topics.name(topic)));
        List<TopicDifference> differences = found.isEmpty() ? List.of() : TopicDifference.of(admin, topics, found);
        return differences.stream()
                .map(difference -> topics.name(difference.topic()) + " has " + difference.what() + " "
                        + difference.found() + ", the settings say " + difference.wanted())
                .toList();
    }

    /** Time of the newest record of the house, by the clock of whoever wrote it; empty when there is none. */
    public Optional<Instant> newestRecord() {
        Set<String> present = Awaiting.await(admin.listTopics().names());
        List<String> ours = EnumSet.allOf(Topic.class).stream()
                .map(topics::name)
                .filter(present::contains)
                .toList();
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        Awaiting.await(admin.describeTopics(ours).allTopicNames()).forEach((name, topic) -> topic.partitions()
                .forEach(one -> asked.put(new TopicPartition(name, one.partition()), OffsetSpec.maxTimestamp())));
        return Awaiting.await(admin.listOffsets(asked).all()).values().stream()
                .map(ListOffsetsResultInfo::timestamp)
                .filter(at -> at > 0)
                .max(Long::compare)
                .map(Instant::ofEpochMilli);
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(5));
    }
}
