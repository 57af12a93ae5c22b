package io.surstream.it.k8s;

import static io.surstream.it.k8s.Kustomization.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.platformsetup.kafka.ServiceAccess;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** KEDA's numbers and names against the services', the topics' and the rights'. */
class AutoscalingTest {

    static List<Manifests> scaled() {
        return List.of(Manifests.of("gpu"), Manifests.of("production"));
    }

    @ParameterizedTest
    @MethodSource("scaled")
    void who_is_scaled_has_no_number_of_pods_written_down(Manifests overlay) {
        assertEquals(
                Set.of("prompt-encoder", "image-sampler", "llm-teacher"),
                overlay.kind("ScaledObject").stream().map(Kustomization::name).collect(Collectors.toSet()));
        for (JsonNode scaled : overlay.kind("ScaledObject")) {
            JsonNode target = overlay.named(
                    "Deployment", scaled.at("/spec/scaleTargetRef/name").asText());
            assertFalse(target.path("spec").has("replicas"), "each apply would undo what KEDA did");
            assertTrue(scaled.at("/spec/minReplicaCount").asInt() >= 1, "the first prompt must not wait for a start");
        }
    }

    @ParameterizedTest
    @MethodSource("scaled")
    void consumer_groups_are_followed_by_lag_up_to_the_number_of_partitions(Manifests overlay) {
        for (JsonNode scaled : overlay.kind("ScaledObject")) {
            JsonNode trigger = scaled.at("/spec/triggers/0");
            if (trigger.get("type").asText().equals("kafka")) {
                JsonNode topic = overlay.named(
                        "KafkaTopic", trigger.at("/metadata/topic").asText());
                assertTrue(scaled.at("/spec/maxReplicaCount").asInt()
                        <= topic.at("/spec/partitions").asInt());
                assertEquals(name(scaled), trigger.at("/metadata/consumerGroup").asText());
                overlay.named(
                        "TriggerAuthentication",
                        trigger.at("/authenticationRef/name").asText());
                assertTrue(trigger.at("/metadata/bootstrapServers").asText().endsWith(":9093"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scaled")
    void the_sampler_is_followed_by_the_backlog_of_its_share_group(Manifests overlay) {
        JsonNode trigger = overlay.named("ScaledObject", "image-sampler").at("/spec/triggers/0");
        String group = ServiceAccess.IMAGE_SAMPLER.shareGroup().orElseThrow();

        assertEquals("prometheus", trigger.get("type").asText());
        assertEquals(
                "max(surstream_share_group_backlog_records{group=\"" + group
                        + "\",topic=\"surstream.prompts.encoded\"})",
                trigger.at("/metadata/query").asText());
        overlay.named("KafkaTopic", "surstream.prompts.encoded");
    }

    @ParameterizedTest
    @MethodSource("scaled")
    void samplers_stay_while_nobody_knows_their_backlog(Manifests overlay) {
        JsonNode scaled = overlay.named("ScaledObject", "image-sampler").get("spec");

        assertEquals(
                "false",
                scaled.at("/triggers/0/metadata/ignoreNullValues").asText(),
                "KEDA otherwise takes a metric that is absent for 0");
        assertEquals("currentReplicasIfHigher", scaled.at("/fallback/behavior").asText());
        assertTrue(scaled.at("/fallback/replicas").asInt()
                >= scaled.get("minReplicaCount").asInt());
    }

    @ParameterizedTest
    @MethodSource("scaled")
    void keda_signs_in_as_a_user_that_exists(Manifests overlay) {
        JsonNode authentication =
                overlay.named("TriggerAuthentication", "kafka-autoscaler").get("spec");
        JsonNode user = authentication.at("/configMapTargetRef/0");
        JsonNode password = authentication.at("/secretTargetRef/0");

        assertEquals(
                ServiceAccess.AUTOSCALER.user(),
                overlay.named("ConfigMap", user.get("name").asText())
                        .at("/data/" + user.get("key").asText())
                        .asText());
        assertEquals(ServiceAccess.AUTOSCALER.user(), password.get("name").asText());
        overlay.named("KafkaUser", password.get("name").asText());
    }

    @Test
    void production_keeps_two_of_what_an_image_needs() {
        Manifests production = Manifests.of("production");

        assertEquals(
                2,
                production.named("Deployment", "gateway").at("/spec/replicas").asInt());
        for (String service : List.of("prompt-encoder", "image-sampler")) {
            assertEquals(
                    2,
                    production
                            .named("ScaledObject", service)
                            .at("/spec/minReplicaCount")
                            .asInt());
        }
    }
}
