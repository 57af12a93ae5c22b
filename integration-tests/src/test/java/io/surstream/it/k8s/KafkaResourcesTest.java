package io.surstream.it.k8s;

import static io.surstream.it.k8s.Kustomization.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.platformsetup.kafka.AccessGrant;
import io.surstream.platformsetup.kafka.ServiceAccess;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Topics, users and rights on the cluster against the code's own. */
class KafkaResourcesTest {
    private static final String PREFIX = "surstream.";
    private static final Topics TOPICS = new Topics(new TopicSettings(PREFIX, 4, (short) -1, Map.of()));

    static List<Manifests> overlays() {
        return Manifests.all().toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void topics_are_the_catalogue(Manifests overlay) {
        Map<String, Map<String, String>> wanted = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            wanted.put(TOPICS.name(topic), TOPICS.config(topic));
        }
        Map<String, Map<String, String>> there = new TreeMap<>();
        for (JsonNode topic : overlay.kind("KafkaTopic")) {
            Map<String, String> config = new HashMap<>();
            topic.at("/spec/config")
                    .properties()
                    .forEach(e -> config.put(e.getKey(), e.getValue().asText()));
            config.remove("min.insync.replicas");
            there.put(name(topic), config);
        }

        assertEquals(wanted, there);
    }

    @Test
    void users_are_written_as_the_table_of_rights_has_them() throws IOException {
        Path file = Manifests.ROOT.resolve("k8s/components/kafka/users.yaml");
        String made = KafkaUsers.yaml(TOPICS);
        if (Boolean.getBoolean("surstream.docs.write")) {
            Files.writeString(file, made);
        }

        assertEquals(made, Files.readString(file), file + " has drifted; run ./docs/generate");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void users_may_do_what_the_table_of_rights_says_and_no_more(Manifests overlay) {
        Map<String, Set<String>> wanted = new TreeMap<>();
        for (ServiceAccess access : ServiceAccess.values()) {
            wanted.put(
                    access.user(),
                    access.grants(TOPICS).stream().map(KafkaResourcesTest::said).collect(sorted()));
        }
        Map<String, Set<String>> there = new TreeMap<>();
        overlay.kind("KafkaUser").stream()
                .filter(user -> !name(user).equals("bootstrap"))
                .forEach(user -> there.put(
                        name(user),
                        Manifests.stream(user.at("/spec/authorization/acls"))
                                .flatMap(KafkaResourcesTest::said)
                                .collect(sorted())));

        assertEquals(wanted.keySet(), there.keySet());
        wanted.forEach((user, rights) -> assertEquals(rights, there.get(user), user));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void only_bootstrap_is_above_the_rights(Manifests overlay) {
        JsonNode kafka = overlay.named("Kafka", "surstream").at("/spec/kafka");

        assertEquals("simple", kafka.at("/authorization/type").asText());
        assertEquals(1, kafka.at("/authorization/superUsers").size());
        assertEquals("bootstrap", kafka.at("/authorization/superUsers/0").asText());
        assertFalse(overlay.named("KafkaUser", "bootstrap").path("spec").has("authorization"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void records_have_as_many_copies_as_there_are_brokers_to_hold_them(Manifests overlay) {
        int brokers =
                overlay.named("KafkaNodePool", "brokers").at("/spec/replicas").asInt();
        int copies = Math.min(brokers, 3);
        JsonNode config = overlay.named("Kafka", "surstream").at("/spec/kafka/config");

        Stream.of(
                        "default.replication.factor",
                        "offsets.topic.replication.factor",
                        "transaction.state.log.replication.factor",
                        "share.coordinator.state.topic.replication.factor")
                .forEach(setting -> assertEquals(copies, config.get(setting).asInt(), setting));
        overlay.kind("KafkaTopic")
                .forEach(
                        topic -> assertEquals(copies, topic.at("/spec/replicas").asInt(), name(topic)));
        assertEquals(overlay.overlay().equals("production") ? 3 : 1, brokers);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void services_sign_in_to_the_listener_that_is_there(Manifests overlay) {
        JsonNode listener = overlay.named("Kafka", "surstream").at("/spec/kafka/listeners/0");
        assertTrue(listener.get("tls").asBoolean());
        assertEquals("scram-sha-512", listener.at("/authentication/type").asText());

        for (JsonNode workload : overlay.workloads()) {
            Map<String, String> environment = overlay.environment(workload);
            environment.put("SURSTREAM_KAFKA_SECURITY_USER", "from the label");
            environment.put("SURSTREAM_KAFKA_SECURITY_PASSWORD", "from the secret");
            KafkaConfig kafka = read(environment);
            KafkaConfig.SecurityConfig security = kafka.security();

            assertEquals("surstream-kafka-bootstrap:" + listener.get("port").asInt(), kafka.bootstrapServers());
            assertEquals(KafkaConfig.Protocol.SASL_SSL, security.protocol());
            assertEquals(KafkaConfig.Mechanism.SCRAM_SHA_512, security.mechanism());
            assertEquals(
                    Path.of("/etc/surstream/kafka/ca.crt"),
                    security.truststore().orElseThrow());
            assertEquals(Map.of(), kafka.properties());
            assertEquals("metadata.labels['app.kubernetes.io/name']", from(workload, "USER", "/fieldRef/fieldPath"));
            assertEquals(
                    name(workload),
                    workload.at("/spec/template/metadata/labels/app.kubernetes.io~1name")
                            .asText());
            assertEquals(name(workload), from(workload, "PASSWORD", "/secretKeyRef/name"));
        }
    }

    @Test
    void brokers_give_a_record_up_later_than_workers_do() {
        JsonNode config = Manifests.of("cpu").named("Kafka", "surstream").at("/spec/kafka/config");

        assertTrue(config.get("group.share.delivery.count.limit").asInt() > 5);
    }

    private static String from(JsonNode workload, String what, String source) {
        return Manifests.stream(Manifests.container(workload).path("env"))
                .filter(variable -> variable.get("name").asText().equals("SURSTREAM_KAFKA_SECURITY_" + what))
                .map(variable -> variable.at("/valueFrom" + source).asText())
                .collect(Collectors.joining());
    }

    private static KafkaConfig read(Map<String, String> environment) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(KafkaConfig.class)
                .withMappingIgnore("surstream.**")
                .build();
        return config.getConfigMapping(KafkaConfig.class);
    }

    private static java.util.stream.Collector<String, ?, Set<String>> sorted() {
        return Collectors.toCollection(TreeSet::new);
    }

    private static String said(AccessGrant grant) {
        String pattern = grant.resource().patternType().name().replace("PREFIXED", "PREFIX");
        return String.join(
                " ",
                grant.operation().name(),
                grant.resource().resourceType().name(),
                pattern,
                grant.resource().name());
    }

    private static Stream<String> said(JsonNode acl) {
        JsonNode resource = acl.get("resource");
        return Manifests.stream(acl.get("operations"))
                .map(operation -> String.join(
                        " ",
                        kafkasWord(operation.asText()),
                        kafkasWord(resource.get("type").asText()),
                        kafkasWord(resource.path("patternType").asText("literal")),
                        resource.get("name").asText()));
    }

    private static String kafkasWord(String camelCase) {
        return camelCase.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
