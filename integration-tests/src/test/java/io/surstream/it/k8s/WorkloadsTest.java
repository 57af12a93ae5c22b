package io.surstream.it.k8s;

import static io.surstream.it.k8s.Kustomization.kind;
import static io.surstream.it.k8s.Kustomization.name;
import static io.surstream.it.k8s.Manifests.container;
import static io.surstream.it.k8s.Manifests.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.it.deploy.SettingNames;
import io.surstream.it.deploy.StopTime;
import io.surstream.platformsetup.kafka.ServiceAccess;
import io.surstream.platformsetup.store.StoreAccess;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own pods: what the schemas cannot know. */
class WorkloadsTest {
    /** Made by nobody here: who signed for the store, given by the person who installs, and what Strimzi makes for the cluster. */
    private static final Set<String> SECRETS_OF_OTHERS = Set.of("surstream-storage-ca", "surstream-cluster-ca-cert");

    static final Set<String> SERVICES = ServiceAccess.services();

    private static final Map<String, SettingNames> NAMES = SERVICES.stream()
            .collect(Collectors.toMap(service -> service, service -> SettingNames.of(Manifests.ROOT, service)));

    static List<Manifests> overlays() {
        return Manifests.all().toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void every_service_is_there_and_every_image_is_ours_with_a_version(Manifests overlay) {
        assertEquals(
                SERVICES, overlay.services().stream().map(Kustomization::name).collect(Collectors.toSet()));
        for (JsonNode workload : overlay.workloads()) {
            String ours = name(workload).equals("bootstrap") ? "cli" : name(workload);
            String image = container(workload).get("image").asText();

            assertTrue(image.matches("surstream/" + ours + ":[0-9][\\w.-]*"), image);
            assertEquals(1, workload.at("/spec/template/spec/containers").size());
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void every_pod_keeps_to_the_restricted_standard(Manifests overlay) {
        JsonNode namespace = overlay.named("Namespace", "surstream");
        assertEquals(
                "restricted",
                namespace
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asText());
        for (JsonNode workload : overlay.workloads()) {
            JsonNode pod = workload.at("/spec/template/spec");
            JsonNode security = container(workload).path("securityContext");

            assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean(), name(workload));
            assertEquals(
                    "RuntimeDefault",
                    pod.at("/securityContext/seccompProfile/type").asText());
            assertEquals("ALL", security.at("/capabilities/drop/0").asText());
            assertTrue(security.path("readOnlyRootFilesystem").asBoolean());
            assertFalse(security.path("allowPrivilegeEscalation").asBoolean(true));
            assertFalse(pod.path("automountServiceAccountToken").asBoolean(true));
            JsonNode account = overlay.named(
                    "ServiceAccount", pod.path("serviceAccountName").asText());
            assertFalse(account.path("automountServiceAccountToken").asBoolean(true));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void every_variable_is_one_that_the_service_reads(Manifests overlay) {
        for (JsonNode workload : overlay.services()) {
            SettingNames known = NAMES.get(name(workload));
            List<String> unknown = overlay.environment(workload).keySet().stream()
                    .filter(variable -> !known.knows(variable))
                    .toList();

            assertEquals(List.of(), unknown, name(workload));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void every_service_has_an_account_of_its_own_in_the_store_which_bootstrap_makes(Manifests overlay) {
        for (JsonNode workload : overlay.workloads()) {
            assertEquals(
                    Map.of(
                            "SURSTREAM_STORAGE_ACCESS_KEY", storageSecret(name(workload)) + "/access-key",
                            "SURSTREAM_STORAGE_SECRET_KEY", storageSecret(name(workload)) + "/secret-key"),
                    secrets(workload, "SURSTREAM_STORAGE_"),
                    name(workload));
        }
        Map<String, String> made = new HashMap<>();
        for (String service : SERVICES) {
            assertTrue(StoreAccess.of(service).isPresent(), service);
            String variable = "SURSTREAM_BOOTSTRAP_ACCOUNTS_"
                    + service.toUpperCase(Locale.ROOT).replace('-', '_');
            made.put(variable + "_ACCESS_KEY", storageSecret(service) + "/access-key");
            made.put(variable + "_SECRET_KEY", storageSecret(service) + "/secret-key");
        }
        JsonNode bootstrap = overlay.named("Job", "bootstrap");
        assertEquals(made, secrets(bootstrap, "SURSTREAM_BOOTSTRAP_"));
        assertTrue(container(bootstrap).get("args").toString().contains("\"--accounts\""));
        SettingNames known = SettingNames.of(Manifests.ROOT, "cli");
        made.keySet().forEach(variable -> assertTrue(known.knows(variable), variable));
    }

    private static String storageSecret(String name) {
        return "storage-" + name;
    }

    /** Secret and key by the variables that begin so. */
    private static Map<String, String> secrets(JsonNode workload, String prefix) {
        return stream(container(workload).path("env"))
                .filter(variable -> variable.get("name").asText().startsWith(prefix))
                .filter(variable -> variable.at("/valueFrom").has("secretKeyRef"))
                .collect(Collectors.toMap(
                        variable -> variable.get("name").asText(),
                        variable -> variable.at("/valueFrom/secretKeyRef/name").asText()
                                + '/'
                                + variable.at("/valueFrom/secretKeyRef/key").asText()));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void probes_ask_the_port_that_services_lead_to(Manifests overlay) {
        for (JsonNode workload : overlay.services()) {
            JsonNode container = container(workload);
            assertEquals("http", container.at("/ports/0/name").asText());
            assertEquals(8080, container.at("/ports/0/containerPort").asInt());
            Map.of("startupProbe", "started", "livenessProbe", "live", "readinessProbe", "ready")
                    .forEach((probe, path) -> {
                        assertEquals(
                                "/q/health/" + path,
                                container.at("/" + probe + "/httpGet/path").asText());
                        assertEquals(
                                "http",
                                container.at("/" + probe + "/httpGet/port").asText());
                    });
            JsonNode start = container.get("startupProbe");
            assertTrue(start.get("periodSeconds").asInt()
                            * start.get("failureThreshold").asInt()
                    >= 600);

            JsonNode service = overlay.named("Service", name(workload));
            assertTrue(selects(service.at("/spec/selector"), workload), name(workload));
            assertEquals("http", service.at("/spec/ports/0/targetPort").asText());
            boolean grpc = !name(workload).equals("gateway");
            assertEquals(
                    grpc ? "None" : "",
                    service.at("/spec/clusterIP").asText(),
                    "gRPC balances over a headless service");
        }
        assertEquals(overlay.services().size(), overlay.kind("Service").size());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void a_pod_has_as_long_to_stop_as_its_service_may_take(Manifests overlay) throws IOException {
        for (JsonNode workload : overlay.services()) {
            Duration longest = StopTime.longest(name(workload), overlay.environment(workload));
            long grace = workload.at("/spec/template/spec/terminationGracePeriodSeconds")
                    .asLong();

            assertTrue(
                    grace >= longest.toSeconds(),
                    name(workload) + " has " + grace + " s but may take " + longest.toSeconds() + " s");
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void disruptions_and_spread_mean_the_pods_of_their_service(Manifests overlay) {
        for (JsonNode workload : overlay.services()) {
            JsonNode budget = overlay.named("PodDisruptionBudget", name(workload));
            assertTrue(selects(budget.at("/spec/selector/matchLabels"), workload));
            assertEquals(1, budget.at("/spec/maxUnavailable").asInt(), "a node must be drainable with one replica");
            Set<String> keys = new HashSet<>();
            workload.at("/spec/template/spec/topologySpreadConstraints").forEach(constraint -> {
                keys.add(constraint.get("topologyKey").asText());
                assertTrue(selects(constraint.at("/labelSelector/matchLabels"), workload));
            });
            assertEquals(Set.of("topology.kubernetes.io/zone", "kubernetes.io/hostname"), keys);
            assertTrue(selects(workload.at("/spec/selector/matchLabels"), workload));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everything_that_is_referred_to_is_there(Manifests overlay) {
        Set<String> secrets = new HashSet<>(SECRETS_OF_OTHERS);
        overlay.workloads().forEach(workload -> secrets.add(storageSecret(name(workload))));
        overlay.kind("KafkaUser").forEach(user -> secrets.add(name(user)));
        overlay.kind("Certificate")
                .forEach(made -> secrets.add(made.at("/spec/secretName").asText()));
        for (JsonNode workload : overlay.workloads()) {
            JsonNode pod = workload.at("/spec/template/spec");
            pod.findValues("secretKeyRef")
                    .forEach(ref -> assertTrue(secrets.contains(ref.get("name").asText()), ref.toString()));
            pod.findValuesAsText("secretName").forEach(secret -> assertTrue(secrets.contains(secret), secret));
            pod.findValues("configMapRef")
                    .forEach(ref -> overlay.named("ConfigMap", ref.get("name").asText()));
            pod.findValuesAsText("claimName").forEach(claim -> overlay.named("PersistentVolumeClaim", claim));
            Set<String> volumes =
                    stream(pod.path("volumes")).map(v -> v.get("name").asText()).collect(Collectors.toSet());
            stream(workload.at("/spec/volumeClaimTemplates"))
                    .map(Kustomization::name)
                    .forEach(volumes::add);
            container(workload)
                    .path("volumeMounts")
                    .forEach(mount ->
                            assertTrue(volumes.contains(mount.get("name").asText()), mount.toString()));
        }
        assertEquals(List.of(), overlay.kind("Secret"), "secrets are made where they are used, never written down");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void folders_that_a_service_writes_are_volumes(Manifests overlay) {
        for (JsonNode workload : overlay.services()) {
            Set<String> mounts = stream(container(workload).path("volumeMounts"))
                    .map(mount -> mount.get("mountPath").asText())
                    .collect(Collectors.toSet());
            Map<String, String> environment = overlay.environment(workload);
            for (String folder : List.of("XDG_CACHE_HOME", "DJL_CACHE_DIR", "SURSTREAM_TRAINER_WORK")) {
                String path = environment.getOrDefault(folder, "/tmp");
                assertTrue(mounts.stream().anyMatch(path::startsWith), name(workload) + " cannot write to " + path);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void who_trains_for_a_checkpoint_of_ones_own_has_a_teacher_of_ones_own(Manifests overlay) {
        JsonNode teacher = overlay.named("Deployment", "llm-teacher");
        String reference = overlay.environment(teacher).get("SURSTREAM_TEACHER");
        String model =
                overlay.environment(overlay.named("StatefulSet", "trainer")).get("SURSTREAM_MODEL");

        assertEquals(
                model != null, reference != null, "the bundled teacher knows the little world of the bundled model");
        if (reference != null) {
            assertEquals(
                    model.replaceFirst("[^/]*$", ""), reference.replaceFirst("[^/]*$", ""), "one place for models");
            long memory = Quantity.bytes(
                    container(teacher).at("/resources/requests/memory").asText());
            assertTrue(memory > 13_000_000_000L * 1.25, "weights of 7 billion numbers take 13 GB: " + memory);
        }
    }

    @Test
    void a_trainer_keeps_its_name_and_its_folder() {
        JsonNode trainer = Manifests.of("production").named("StatefulSet", "trainer");

        assertEquals("trainer", trainer.at("/spec/serviceName").asText());
        assertEquals(
                "work", trainer.at("/spec/volumeClaimTemplates/0/metadata/name").asText());
        assertEquals("StatefulSet", kind(trainer));
    }

    private static boolean selects(JsonNode labels, JsonNode workload) {
        JsonNode pod = workload.at("/spec/template/metadata/labels");
        return !labels.isEmpty()
                && labels.properties().stream()
                        .allMatch(label -> label.getValue().equals(pod.get(label.getKey())));
    }
}
