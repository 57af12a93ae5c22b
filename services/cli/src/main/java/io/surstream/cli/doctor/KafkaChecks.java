package io.surstream.cli.doctor;

import io.surstream.platformsetup.kafka.ClusterInspection;
import io.surstream.platformsetup.kafka.TopicsSeen;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the cluster is there, new enough, and has the topics as the settings want them. */
final class KafkaChecks {
    private static final String KAFKA = "kafka";
    private static final String TOPICS = "topics";

    private final KafkaSettings settings;
    private final Topics topics;
    private final boolean instanceRuns;

    /** @param instanceRuns whether services have made the topics already */
    KafkaChecks(KafkaSettings settings, Topics topics, boolean instanceRuns) {
        this.settings = settings;
        this.topics = topics;
        this.instanceRuns = instanceRuns;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        // The client's exceptions have no type that could be named here.
        try (ClusterInspection cluster = new ClusterInspection(settings, topics)) {
            findings.add(version(cluster));
            TopicsSeen seen = cluster.topics();
            findings.add(topics(cluster, seen));
            cluster.newestRecord(seen.present()).ifPresent(at -> findings.add(clock(at, Instant.now())));
        } catch (RuntimeException e) {
            findings.add(
                    Finding.fail(
                            KAFKA,
                            settings.bootstrapServers() + " does not answer: " + reason(e),
                            "start the broker, or give its address by --bootstrap or SURSTREAM_KAFKA_BOOTSTRAP_SERVERS; where it signs in users, see surstream.kafka in docs/configuration.md"));
        }
        return findings;
    }

    private Finding version(ClusterInspection cluster) {
        String found = settings.bootstrapServers() + ", brokers: " + cluster.brokers() + ", metadata level "
                + cluster.metadataLevel();
        return cluster.hasShareGroups()
                ? Finding.ok(KAFKA, found)
                : Finding.fail(
                        KAFKA,
                        found + ", without share groups",
                        "use Kafka 4.2 or newer; after an upgrade: kafka-features.sh upgrade --release-version 4.2");
    }

    private Finding topics(ClusterInspection cluster, TopicsSeen seen) {
        if (!seen.missing().isEmpty()) {
            String found = "missing: " + names(seen.missing()) + hidden(seen);
            String advice =
                    "./surstream bootstrap makes them, and so does a service that starts, where it may; see that surstream.kafka.topics.prefix is right";
            return instanceRuns ? Finding.fail(TOPICS, found, advice) : Finding.warn(TOPICS, found, advice);
        }
        if (seen.present().isEmpty()) {
            return Finding.warn(
                    TOPICS,
                    "none is visible to this Kafka user",
                    "./surstream bootstrap gives services and roles their rights; the user 'backup' sees all topics");
        }
        Optional<List<String>> differences = cluster.differences(seen.present());
        if (differences.isEmpty()) {
            return Finding.ok(TOPICS, "there, with settings not visible to this Kafka user" + hidden(seen));
        }
        return differences.get().isEmpty()
                ? Finding.ok(TOPICS, "all there, as the settings say" + hidden(seen))
                : Finding.warn(
                        TOPICS,
                        String.join("; ", differences.get()) + hidden(seen),
                        "./surstream bootstrap --change-topics changes settings and adds partitions, where a topic may have more; other partitions and replicas are for a person to change (kafka-topics.sh), or the settings surstream.kafka.topics");
    }

    private String hidden(TopicsSeen seen) {
        return seen.hidden().isEmpty() ? "" : "; not visible to this Kafka user: " + names(seen.hidden());
    }

    private String names(Set<Topic> some) {
        return some.stream().map(topics::name).collect(Collectors.joining(", "));
    }

    /** Records carry the brokers' clock, and the writer's where a topic has message.timestamp.type=CreateTime. */
    static Finding clock(Instant newest, Instant now) {
        return Clocks.judge("clock-of-events", "the newest record is", Duration.between(now, newest), true);
    }

    static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
