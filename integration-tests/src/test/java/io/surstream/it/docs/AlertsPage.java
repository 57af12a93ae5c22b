package io.surstream.it.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.it.observability.AlertRules;
import java.util.Locale;
import java.util.stream.Collectors;

/** docs/alerts.md, made from the alert rules. */
final class AlertsPage {
    private static final String HEAD = """
            # Alerts

            Made from [deploy/prometheus/alerts.yml](../deploy/prometheus/alerts.yml); after a change run
            `./docs/generate`.

            Each name leads to what to do. An alert fires when its expression has held for so long; the words in italics are the
            expression's value and the labels of what it found.

            | alert | severity | for | expression | meaning |
            |---|---|---|---|---|
            """;

    private AlertsPage() {}

    static String render(AlertRules rules) {
        return HEAD + rules.rules().stream().map(AlertsPage::row).collect(Collectors.joining());
    }

    private static String row(JsonNode rule) {
        String name = rule.path("alert").asText();
        return "| [" + name + "](operations.md#" + name.toLowerCase(Locale.ROOT) + ") | "
                + rule.at("/labels/severity").asText() + " | "
                + rule.path("for").asText("at once") + " | `"
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
