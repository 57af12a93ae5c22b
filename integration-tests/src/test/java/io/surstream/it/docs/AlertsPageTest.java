package io.surstream.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.it.observability.AlertRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertsPageTest {
    private static final Path PAGE = Path.of("../docs/alerts.md");

    @Test
    void page_says_what_the_rules_say() throws IOException {
        String made = AlertsPage.render(AlertRules.read());
        if (Boolean.getBoolean("surstream.docs.write")) {
            Files.writeString(PAGE, made);
        }

        assertEquals(made, Files.readString(PAGE), "docs/alerts.md has drifted; run ./docs/generate");
    }

    @Test
    void row_has_what_prometheus_fills_in_as_words() {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        rule.put("alert", "KilnCold").put("expr", "kiln{wood=~\"oak|ash\"} < 900");
        rule.putObject("labels").put("severity", "critical");
        rule.putObject("annotations").put("summary", "{{ $labels.wood }} burns at {{ $value | humanize }} K");

        String page = AlertsPage.render(new AlertRules(List.of(rule)));

        assertEquals(
                "| [KilnCold](operations/runbooks/KilnCold.md) | critical | 0m | `kiln{wood=~\"oak\\|ash\"} < 900` | *wood* burns at *value* K |",
                page.lines().reduce((first, last) -> last).orElseThrow());
    }
}
