package io.surstream.it.k8s;

import static io.surstream.it.k8s.Kustomization.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Prometheus and Grafana are given. */
class MonitoringTest {
    private static final Path DASHBOARDS = Manifests.ROOT.resolve("deploy/grafana/dashboards");
    /** {@code kubectl apply} keeps what it applied in an annotation, and that has a limit. */
    private static final int LARGEST_APPLIED = 256 * 1024;

    static List<Manifests> monitored() {
        return List.of(Manifests.of("gpu"), Manifests.of("production"));
    }

    @ParameterizedTest
    @MethodSource("monitored")
    void prometheus_scrapes_every_service_at_a_port_that_it_has_as_the_job_that_alerts_ask_for(Manifests overlay) {
        JsonNode monitor = overlay.named("ServiceMonitor", "surstream").get("spec");
        String port = monitor.at("/endpoints/0/port").asText();
        JsonNode wanted = monitor.at("/selector/matchLabels");

        for (JsonNode workload : overlay.services()) {
            JsonNode service = overlay.named("Service", name(workload));
            JsonNode labels = service.at("/metadata/labels");

            wanted.properties().forEach(label -> assertEquals(label.getValue(), labels.get(label.getKey())));
            assertEquals(port, service.at("/spec/ports/0/name").asText(), name(workload));
            assertEquals(
                    "surstream", labels.path(monitor.get("jobLabel").asText()).asText(), name(workload));
        }
    }

    @ParameterizedTest
    @MethodSource("monitored")
    void grafana_gets_every_dashboard_that_there_is(Manifests overlay) throws IOException {
        JsonNode given = overlay.named("ConfigMap", "surstream-dashboards");
        Map<String, String> dashboards = new TreeMap<>();
        given.get("data")
                .properties()
                .forEach(
                        entry -> dashboards.put(entry.getKey(), entry.getValue().asText()));

        assertEquals(files(), dashboards);
        assertEquals("1", given.at("/metadata/labels/grafana_dashboard").asText());
        assertTrue(given.toString().getBytes(StandardCharsets.UTF_8).length < LARGEST_APPLIED);
    }

    @Test
    void the_commands_that_install_prometheus_let_it_find_all_of_it() throws IOException {
        String readme = Files.readString(Manifests.ROOT.resolve("k8s/README.md"));

        for (String value : List.of(
                "serviceMonitorSelectorNilUsesHelmValues=false",
                "ruleSelectorNilUsesHelmValues=false",
                "enableFeatures={exemplar-storage}")) {
            assertTrue(readme.contains("prometheus.prometheusSpec." + value), value);
        }
    }

    private static Map<String, String> files() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
