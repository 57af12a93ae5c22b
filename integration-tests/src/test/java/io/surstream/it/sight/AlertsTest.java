package io.surstream.it.sight;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class AlertsTest {
    private static final Path RUNBOOKS = Path.of("../docs/operations.md");

    @Test
    void each_alert_has_severity_summary_and_a_link_to_its_runbook() throws IOException {
        assertAll(AlertRules.read().rules().stream().flatMap(AlertsTest::requirements));
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
                        "docs/operations.md#" + name.toLowerCase(Locale.ROOT),
                        rule.at("/annotations/runbook_url").asText()));
    }

    @Test
    void each_alert_has_its_section_and_each_section_its_alert() throws IOException {
        List<String> alerts = AlertRules.read().names();
        List<String> sections = Files.readAllLines(RUNBOOKS).stream()
                .filter(line -> line.startsWith("### Surstream"))
                .map(line -> line.substring("### ".length()))
                .toList();

        assertEquals(new TreeSet<>(alerts), new TreeSet<>(sections));
        assertEquals(new TreeSet<>(alerts).size(), alerts.size(), "no alert twice");
    }
}
