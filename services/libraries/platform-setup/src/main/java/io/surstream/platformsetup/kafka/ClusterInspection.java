package io.surstream.platformsetup.kafka;

import io.surstream.streaming.TopicDifference;
import io.surstream.streaming.client.AdminFutures;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.event.RecordTime;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;

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
        return AdminFutures.await(admin.describeCluster().nodes()).size();
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
        var finalized = AdminFutures.await(admin.describeFeatures().featureMetadata())
                .finalizedFeatures()
                .get(feature);
        return finalized == null ? 0 : finalized.maxVersionLevel();
    }

    /** Which of the catalogue's topics this user sees. */
    public TopicsSeen topics() {
        return TopicsSeen.of(admin, topics);
    }

    /**
     * Where topics differ from the settings, one sentence each.
     *
     * @param present topics that this user sees
     * @return empty when this user may not look at topics' settings
     */
    public Optional<List<String>> differences(Set<Topic> present) {
        try {
            return Optional.of(TopicDifference.of(admin, topics, present).stream()
                    .map(difference -> topics.name(difference.topic()) + " has " + difference.what() + " "
                            + difference.found() + ", the settings say " + difference.wanted())
                    .toList());
        } catch (TopicAuthorizationException e) {
            return Optional.empty();
        }
    }

    /**
     * Time of the newest record; empty when there is none.
     *
     * @param present topics that this user sees
     */
    public Optional<Instant> newestRecord(Set<Topic> present) {
        Instant now = Instant.now();
        List<String> ours = present.stream().map(topics::name).toList();
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        AdminFutures.await(admin.describeTopics(ours).allTopicNames()).forEach((name, topic) -> topic.partitions()
                .forEach(one -> asked.put(new TopicPartition(name, one.partition()), OffsetSpec.maxTimestamp())));
        return AdminFutures.await(admin.listOffsets(asked).all()).values().stream()
                .map(ListOffsetsResultInfo::timestamp)
                .filter(at -> at > 0)
                .map(at -> RecordTime.of(at, now))
                .max(Instant::compareTo);
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(5));
    }
}
