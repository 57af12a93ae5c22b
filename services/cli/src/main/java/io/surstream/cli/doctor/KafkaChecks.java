package io.surstream.cli.doctor;

import io.surstream.streaming.ClusterInspection;
import io.surstream.streaming.KafkaSettings;
import io.surstream.streaming.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether the cluster is there, new enough, and has the topics as the settings want them. */
final class KafkaChecks {
    private static final String KAFKA = "kafka";
    private static final String TOPICS = "topics";

    private final KafkaSettings settings;
    private final Topics topics;
    private final boolean houseRuns;

    /** @param houseRuns whether services have made the topics already */
    KafkaChecks(KafkaSettings settings, Topics topics, boolean houseRuns) {
        this.settings = settings;
        this.topics = topics;
        this.houseRuns = houseRuns;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        // The client's exceptions have no type that could be named here.
        try (ClusterInspection cluster = new ClusterInspection(settings, topics)) {
            findings.add(version(cluster));
            findings.add(topics(cluster));
            cluster.newestRecord().ifPresent(at -> findings.add(clock(at, Instant.now())));
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

    private Finding topics(ClusterInspection cluster) {
        List<String> missing = cluster.missingTopics();
        if (!missing.isEmpty()) {
            String found = "missing: " + String.join(", ", missing);
            return houseRuns
                    ? Finding.fail(
                            TOPICS,
                            found,
                            "restart any service, which makes them, or create them as docs/architecture.md lists them; see that the prefix is right")
                    : Finding.warn(TOPICS, found, "the first service that starts makes them, where it may");
        }
        List<String> differences = cluster.differences();
        return differences.isEmpty()
                ? Finding.ok(TOPICS, "all there, as the settings say")
                : Finding.warn(
                        TOPICS,
                        String.join("; ", differences),
                        "change the topic (kafka-topics.sh, kafka-configs.sh) or the setting surstream.kafka.topics");
    }

    /** Records carry the clock of who wrote them. */
    static Finding clock(Instant newest, Instant now) {
        return Clocks.judge("clock-of-events", "the newest record is", Duration.between(now, newest), true);
    }

    static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
