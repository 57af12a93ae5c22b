package io.surstream.it.k8s;

import static io.surstream.it.k8s.Kustomization.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may talk to whom, read off the policies as a cluster would, against what the architecture needs. */
class NetworkPoliciesTest {
    private static final String KAFKA = "pods strimzi.io/name=surstream-kafka: 9093";
    private static final String DNS =
            "namespace kubernetes.io/metadata.name=kube-system, pods k8s-app=kube-dns: 53 UDP, 53";
    private static final String STORAGE = "namespace kubernetes.io/metadata.name=minio: 9000";
    private static final String TRACES = "namespace kubernetes.io/metadata.name=observability: 4317";
    private static final String INTERNET = "0.0.0.0/0: 80, 443";
    private static final String CALLERS = "namespace surstream.io/calls-surstream=true: 8080";
    private static final String PROMETHEUS =
            "namespace kubernetes.io/metadata.name=monitoring, pods app.kubernetes.io/name=prometheus: 8080";

    static List<Manifests> overlays() {
        return Manifests.all().toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void nothing_is_open_unless_a_policy_opens_it(Manifests overlay) {
        JsonNode spec = overlay.named("NetworkPolicy", "default-deny").get("spec");

        assertTrue(spec.get("podSelector").isEmpty());
        assertEquals(Set.of("Ingress", "Egress"), words(spec.get("policyTypes")));
        assertTrue(!spec.has("ingress") && !spec.has("egress"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void pods_reach_what_their_service_needs_and_no_more(Manifests overlay) {
        Map<String, Set<String>> wanted = new TreeMap<>();
        for (JsonNode workload : overlay.workloads()) {
            Set<String> needed = new TreeSet<>(Set.of(DNS, KAFKA, STORAGE));
            if (name(workload).equals("curator")) {
                needed.add(INTERNET);
            }
            if (overlay.environment(workload).containsKey("SURSTREAM_TELEMETRY_ENDPOINT")) {
                needed.add(TRACES);
            }
            wanted.put(name(workload), needed);
        }

        assertEquals(wanted, flows(overlay, "egress", "to"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void pods_are_reached_by_callers_and_prometheus_alone(Manifests overlay) {
        Map<String, Set<String>> wanted = new TreeMap<>();
        for (JsonNode workload : overlay.workloads()) {
            wanted.put(name(workload), name(workload).equals("bootstrap") ? Set.of() : Set.of(CALLERS, PROMETHEUS));
        }

        assertEquals(wanted, flows(overlay, "ingress", "from"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void the_curator_reaches_no_private_address(Manifests overlay) {
        JsonNode block = overlay.named("NetworkPolicy", "to-internet").at("/spec/egress/0/to/0/ipBlock");

        assertEquals(
                Set.of("10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"),
                words(block.get("except")));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void the_broker_lets_in_whom_its_clients_policies_let_out(Manifests overlay) {
        JsonNode listener = overlay.named("Kafka", "surstream").at("/spec/kafka/listeners/0");

        assertEquals(9093, listener.get("port").asInt());
        assertEquals(
                List.of("pods app.kubernetes.io/part-of=surstream", "namespace kubernetes.io/metadata.name=keda"),
                Manifests.stream(listener.get("networkPolicyPeers"))
                        .map(NetworkPoliciesTest::peer)
                        .toList());
    }

    private static Map<String, Set<String>> flows(Manifests overlay, String direction, String peers) {
        Map<String, Set<String>> flows = new TreeMap<>();
        for (JsonNode workload : overlay.workloads()) {
            JsonNode labels = workload.at("/spec/template/metadata/labels");
            Set<String> open = new TreeSet<>();
            overlay.kind("NetworkPolicy").stream()
                    .filter(policy -> selects(policy.at("/spec/podSelector"), labels))
                    .flatMap(policy -> Manifests.stream(policy.path("spec").path(direction)))
                    .forEach(rule -> Manifests.stream(rule.get(peers))
                            .forEach(peer -> open.add(peer(peer) + ": " + ports(rule))));
            flows.put(name(workload), open);
        }
        return flows;
    }

    private static boolean selects(JsonNode selector, JsonNode labels) {
        boolean labelled = selector.path("matchLabels").properties().stream()
                .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
        boolean expressed = Manifests.stream(selector.path("matchExpressions")).allMatch(expression -> {
            assertEquals("In", expression.get("operator").asText());
            return words(expression.get("values"))
                    .contains(labels.path(expression.get("key").asText()).asText());
        });
        return labelled && expressed;
    }

    private static String peer(JsonNode peer) {
        if (peer.has("ipBlock")) {
            return peer.at("/ipBlock/cidr").asText();
        }
        return Stream.of(said("namespace ", peer.path("namespaceSelector")), said("pods ", peer.path("podSelector")))
                .filter(said -> !said.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String said(String what, JsonNode selector) {
        return selector.path("matchLabels").properties().stream()
                .map(label -> what + label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(", "));
    }

    private static String ports(JsonNode rule) {
        return Manifests.stream(rule.get("ports"))
                .map(port -> port.get("port").asText()
                        + (port.get("protocol").asText().equals("TCP") ? "" : " UDP"))
                .collect(Collectors.joining(", "));
    }

    private static Set<String> words(JsonNode list) {
        return Manifests.stream(list).map(JsonNode::asText).collect(Collectors.toSet());
    }
}
