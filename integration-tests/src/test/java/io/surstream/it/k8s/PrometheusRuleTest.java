package io.surstream.it.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** One source of alerts, deploy/prometheus/alerts.yml; k8s wraps it for the Prometheus operator. */
class PrometheusRuleTest {
    private static final Path RULE = Manifests.ROOT.resolve("k8s/components/monitoring/alerts.yaml");
    private static final String HEAD = """
            # Made from deploy/prometheus/alerts.yml; after a change run
            # ./docs/generate
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata:
              name: surstream
            spec:
            """;

    @Test
    void alerts_are_the_same_as_without_kubernetes() throws IOException {
        String alerts = Files.readString(Manifests.ROOT.resolve("deploy/prometheus/alerts.yml"));
        String made = HEAD + alerts.substring(alerts.indexOf("groups:")).indent(2);
        if (Boolean.getBoolean("surstream.docs.write")) {
            Files.writeString(RULE, made);
        }

        assertEquals(made, Files.readString(RULE), RULE + " has drifted; run ./docs/generate");
        assertEquals(
                Yaml.documents(alerts).get(0).get("groups"),
                Manifests.of("production").named("PrometheusRule", "surstream").at("/spec/groups"));
    }
}
