package io.surstream.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.cli.doctor.Finding.Level;
import io.surstream.embedded.EmbeddedS3;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.platformsetup.SetupStep;
import io.surstream.platformsetup.kafka.ClusterSetup;
import io.surstream.storage.MinioObjectStore;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.testsupport.secured.SecuredKafka;
import io.surstream.testsupport.secured.TestCertificates;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor with the settings that a secured house needs: TLS of an authority of its own, a Kafka user with few rights. */
class SecuredDoctorIT {
    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static SecuredKafka broker;
    private static EmbeddedS3 s3;

    @BeforeAll
    static void start() {
        certificates = TestCertificates.in(folder.resolve("ca"));
        broker = SecuredKafka.start(
                folder.resolve("kafka"), certificates, List.of("operator", "backup", "somebody-without-rights"));
        KafkaSettings open = new KafkaSettings(broker.open(), "test", Map.of());
        try (ClusterSetup setup = new ClusterSetup(open, new Topics(TopicSettings.defaults()))) {
            setup.steps(Map.of(), false).forEach(SetupStep::take);
        }
        TestCertificates.Identity server = certificates.issue("store");
        s3 = EmbeddedS3.start(EmbeddedS3Settings.in(folder.resolve("s3")), server.keystore(), server.password());
        try (MinioObjectStore store =
                new MinioObjectStore(storage(certificates.authority()).storage().settings())) {
            store.ensureBucket();
        }
    }

    @AfterAll
    static void stop() {
        s3.close();
        broker.close();
    }

    @Test
    void topics_that_a_user_may_not_see_are_not_called_missing() {
        Map<String, Finding> findings = kafka("operator");

        Finding topics = findings.get("topics");
        assertEquals(Level.OK, findings.get("kafka").level(), findings::toString);
        assertEquals(Level.OK, topics.level(), topics::found);
        assertFalse(topics.found().contains("missing"), topics::found);
        String hidden = topics.found().split("not visible to this Kafka user: ")[1];
        assertTrue(hidden.contains("surstream.prompts.submitted"), topics::found);
        assertFalse(hidden.contains("surstream.adapters.promoted"), topics::found);
    }

    @Test
    void user_who_may_look_at_everything_sees_that_all_is_as_the_settings_say() {
        assertEquals(
                Finding.ok("topics", "all there, as the settings say"),
                kafka("backup").get("topics"));
    }

    @Test
    void user_without_rights_is_told_who_gives_them() {
        Finding topics = kafka("somebody-without-rights").get("topics");

        assertEquals(Level.WARN, topics.level());
        assertEquals("none is visible to this Kafka user", topics.found());
        assertTrue(topics.advice().contains("./surstream bootstrap"), topics::advice);
    }

    @Test
    void store_whose_authority_is_in_the_truststore_is_well_and_tells_its_time() {
        Map<String, Finding> findings = store(certificates.authority());

        assertEquals(List.of("clock-of-storage", "conditional-put", "storage"), sorted(findings));
        findings.values().forEach(finding -> assertEquals(Level.OK, finding.level(), finding::found));
    }

    @Test
    void store_of_another_authority_fails_once_and_names_the_setting() {
        Map<String, Finding> findings =
                store(TestCertificates.in(folder.resolve("another")).authority());

        assertEquals(List.of("storage"), sorted(findings));
        Finding storage = findings.get("storage");
        assertEquals(Level.FAIL, storage.level());
        assertTrue(storage.advice().contains("SURSTREAM_STORAGE_TRUSTSTORE"), storage::advice);
    }

    private static Map<String, Finding> kafka(String user) {
        String security = "surstream.kafka.security.";
        DoctorSettings settings = new DoctorSettings(
                Map.of(
                        DoctorSettings.KAFKA,
                        broker.scram(),
                        security + "protocol",
                        "sasl-ssl",
                        security + "user",
                        user,
                        security + "password",
                        SecuredKafka.password(user),
                        security + "truststore",
                        certificates.authority().toString()),
                Optional.empty());
        return byCheck(
                new KafkaChecks(settings.kafka().settings(), settings.kafka().catalogue(), true).findings());
    }

    private static Map<String, Finding> store(Path authority) {
        return byCheck(new StoreChecks(storage(authority).storage().settings()).findings());
    }

    private static DoctorSettings storage(Path authority) {
        return new DoctorSettings(
                Map.of(
                        DoctorSettings.STORAGE,
                        s3.endpoint().toString(),
                        "surstream.storage.truststore",
                        authority.toString()),
                Optional.empty());
    }

    private static Map<String, Finding> byCheck(List<Finding> findings) {
        return findings.stream().collect(Collectors.toMap(Finding::check, finding -> finding));
    }

    private static List<String> sorted(Map<String, Finding> findings) {
        return findings.keySet().stream().sorted().toList();
    }
}
