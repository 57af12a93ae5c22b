package io.surstream.it.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.it.observability.AlertRules;
import java.util.stream.Collectors;

/** docs/alerts.md, made from the alert rules. */
final class AlertsPage {
    private static final String HEAD = """
            # Alerts

            Generated from [deploy/prometheus/alerts.yml](../deploy/prometheus/alerts.yml); after a change run `./docs/generate`.

            Each name links to its runbook.
            An alert fires when its expression has been true for the time in column *for*.
            Words in italics stand for the expression's value and its labels.

            | alert | severity | for | expression | meaning |
            |---|---|---|---|---|
            """;

    private AlertsPage() {}

    static String render(AlertRules rules) {
        return HEAD + rules.rules().stream().map(AlertsPage::row).collect(Collectors.joining());
    }

    private static String row(JsonNode rule) {
        String name = rule.path("alert").asText();
        return "| [" + name + "](operations/runbooks/" + name + ".md) | "
                + rule.at("/labels/severity").asText() + " | "
                + rule.path("for").asText("0m") + " | `"
                + cell(rule.path("expr").asText()) + "` | "
                + cell(meaning(rule.at("/annotations/summary").asText())) + " |\n";
    }

    /** Prometheus fills in {@code {{ $value | … }}} and {@code {{ $labels.NAME }}}. */
    private static String meaning(String summary) {
        return summary.replaceAll("\\{\\{ \\$(?:labels\\.)?(\\w+)[^}]*}}", "*$1*");
    }

    private static String cell(String text) {
        return text.strip().replaceAll("\\s+", " ").replace("|", "\\|");
    }
}
