package io.surstream.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.cli.doctor.Finding.Level;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.EmbeddedS3;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StoreSettings;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor's questions to a real broker and a real store, with what is wrong put right one by one. */
class DoctorIT {
    @TempDir
    static Path folder;

    private static EmbeddedKafka broker;
    private static EmbeddedS3 s3;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
        s3 = EmbeddedS3.start(EmbeddedS3Settings.in(folder.resolve("s3")));
    }

    @AfterAll
    static void stop() {
        s3.close();
        broker.close();
    }

    @Test
    void missing_topics_are_named_and_fail_where_services_run() {
        TopicSettings topics = TopicSettings.defaults().withPrefix("missing.");

        Finding before = find("topics", kafka(topics, false));
        Finding running = find("topics", kafka(topics, true));

        assertEquals(Level.WARN, before.level());
        assertTrue(before.found().contains("missing.prompts.submitted"), before::found);
        assertTrue(before.advice().contains("./surstream bootstrap"), before::advice);
        assertEquals(Level.FAIL, running.level());
    }

    @Test
    void topics_as_the_settings_say_are_well_and_others_are_told() {
        TopicSettings topics = TopicSettings.defaults().withPrefix("made.").withPartitions(2);
        new EventStreaming(cluster(), new Topics(topics), "doctor-it", new SimpleMeterRegistry()).ensureTopics();

        assertEquals(Level.OK, find("kafka", kafka(topics, true)).level());
        assertEquals(Level.OK, find("topics", kafka(topics, true)).level());
        Finding other = find("topics", kafka(topics.withPartitions(4), true));
        assertEquals(Level.WARN, other.level());
        assertTrue(other.found().contains("made.prompts.submitted"), other::found);
    }

    @Test
    void broker_that_is_gone_fails() {
        KafkaSettings nowhere = new KafkaSettings(
                "localhost:1", "doctor", Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "800"));

        List<Finding> findings = new KafkaChecks(nowhere, new Topics(TopicSettings.defaults()), false).findings();

        assertEquals(1, findings.size());
        assertEquals(Level.FAIL, findings.get(0).level());
        assertTrue(findings.get(0).found().startsWith("localhost:1 does not answer"), findings.get(0)::found);
    }

    @Test
    void store_is_asked_for_bucket_conditional_put_and_time_and_is_left_as_it_was() {
        StoreSettings settings = store("surstream", "doctor-bucket");
        assertEquals(
                Level.WARN,
                find("storage", new StoreChecks(settings).findings()).level());
        try (MinioObjectStore store = new MinioObjectStore(settings)) {
            store.ensureBucket();

            List<Finding> findings = new StoreChecks(settings).findings();

            assertEquals(
                    List.of("storage", "conditional-put", "clock-of-storage"),
                    findings.stream().map(Finding::check).toList());
            findings.forEach(finding -> assertEquals(Level.OK, finding.level(), finding::found));
            assertEquals(List.of(), store.list("doctor/"));
        }
    }

    @Test
    void wrong_key_fails_and_says_which_settings_are_meant() {
        List<Finding> findings = new StoreChecks(store("wrong", "doctor-bucket")).findings();

        Finding finding = find("storage", findings);
        assertEquals(Level.FAIL, finding.level());
        assertEquals(Level.OK, find("clock-of-storage", findings).level(), "which could have been the reason");
        assertTrue(finding.advice().contains("SURSTREAM_STORAGE_SECRET_KEY"), finding::advice);
    }

    @Test
    void store_that_is_gone_fails() {
        StoreSettings nowhere = StoreSettings.of(URI.create("http://localhost:1"), "a", "b", "bucket");

        assertEquals(
                Level.FAIL, find("storage", new StoreChecks(nowhere).findings()).level());
    }

    private static KafkaSettings cluster() {
        return new KafkaSettings(broker.bootstrapServers(), "doctor", Map.of());
    }

    private static List<Finding> kafka(TopicSettings topics, boolean instanceRuns) {
        return new KafkaChecks(cluster(), new Topics(topics), instanceRuns).findings();
    }

    private static StoreSettings store(String secret, String bucket) {
        return StoreSettings.of(s3.endpoint(), "surstream", secret, bucket);
    }

    private static Finding find(String check, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow(() -> new AssertionError(check + " is not among " + findings));
    }
}
