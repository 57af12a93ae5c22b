package io.surstream.it.observability;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.platformsetup.kafka.ServiceAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class AlertRulesTest {
    private static final Path RUNBOOKS = Path.of("../docs/operations/runbooks");
    private static final String RUNBOOK_BASE = "{{ $externalLabels.runbooks }}";

    @Test
    void each_alert_has_severity_summary_and_a_link_to_its_runbook() throws IOException {
        assertAll(AlertRules.read().rules().stream().flatMap(AlertRulesTest::requirements));
    }

    private static Stream<Executable> requirements(JsonNode rule) {
        String name = rule.path("alert").asText();
        return Stream.of(
                () -> assertTrue(name.matches("Surstream[A-Za-z]+"), name),
                () -> assertTrue(
                        Set.of("warning", "critical")
                                .contains(rule.at("/labels/severity").asText()),
                        name),
                () -> assertFalse(rule.at("/annotations/summary").asText().isBlank(), name),
                () -> assertEquals(
                        RUNBOOK_BASE + "/operations/runbooks/" + name + ".md",
                        rule.at("/annotations/runbook_url").asText()));
    }

    @Test
    void runbook_address_is_set_once_per_installation() throws IOException {
        assertTrue(
                Files.readString(Path.of("../deploy/prometheus/prometheus.yml")).contains("runbooks: ${RUNBOOKS}"));
        assertTrue(Files.readString(Path.of("../deploy/compose.yaml")).contains("RUNBOOKS: ${RUNBOOKS:-docs}"));
        assertTrue(Files.readString(Path.of("../k8s/README.md"))
                .contains("prometheus.prometheusSpec.externalLabels.runbooks="));
    }

    @Test
    void samplers_are_missed_when_their_own_group_waits_and_no_other() throws IOException {
        String group = ServiceAccess.IMAGE_SAMPLER.shareGroup().orElseThrow();
        String expression = AlertRules.read().rules().stream()
                .filter(rule -> rule.path("alert").asText().equals("SurstreamNoSampler"))
                .map(rule -> rule.path("expr").asText())
                .findFirst()
                .orElseThrow();

        assertTrue(
                expression.contains("max(surstream_share_group_backlog_records{group=\"" + group + "\"}) > 0"),
                expression);
    }

    @Test
    void each_alert_has_its_page_and_each_page_its_alert() throws IOException {
        List<String> alerts = AlertRules.read().names();
        List<String> pages;
        try (Stream<Path> files = Files.list(RUNBOOKS)) {
            pages = files.map(file -> file.getFileName().toString().replace(".md", ""))
                    .filter(name -> !name.equals("README"))
                    .toList();
        }

        assertEquals(new TreeSet<>(alerts), new TreeSet<>(pages));
        assertEquals(new TreeSet<>(alerts).size(), alerts.size(), "no alert twice");
    }

    @Test
    void runbook_index_links_to_every_page() throws IOException {
        String index = Files.readString(RUNBOOKS.resolve("README.md"));

        assertAll(AlertRules.read().names().stream()
                .map(name -> () -> assertTrue(index.contains("- [" + name + "](" + name + ".md)"), name)));
    }
}
