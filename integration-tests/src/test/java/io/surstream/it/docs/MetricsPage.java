package io.surstream.it.docs;

import io.surstream.metrics.Label;
import io.surstream.metrics.Metric;
import java.util.Arrays;
import java.util.stream.Collectors;

/** docs/metrics.md, made from the catalogue of metrics. */
final class MetricsPage {
    private static final String HEAD = """
            # Metrics

            Made from `io.surstream.metrics.Metric`; after a change run
            `./docs/generate`.

            Every service tells them at `/q/metrics`, with what the JVM, the HTTP and gRPC servers and the Kafka clients tell of themselves. Units are seconds
            and bytes. A histogram has `_bucket` (label `le`), `_count`, `_sum`, and `_max`, the largest value of the last minutes. Label values
            come from small sets, never a job, a prompt or a key; those that the code knows beforehand stand with their label. Alerts: [alerts.md](alerts.md).

            | metric | kind | labels | services | meaning |
            |---|---|---|---|---|
            """;

    private MetricsPage() {}

    static String render() {
        return HEAD + Arrays.stream(Metric.values()).map(MetricsPage::row).collect(Collectors.joining());
    }

    private static String row(Metric metric) {
        String labels = metric.labels().stream().map(MetricsPage::label).collect(Collectors.joining("; "));
        return "| `" + metric.prometheusName() + "` | " + metric.kind().type() + " | " + labels + " | "
                + (metric.services().size() == ALL ? "all" : String.join(", ", metric.services())) + " | "
                + metric.meaning() + " |\n";
    }

    private static String label(Label label) {
        String known = String.join(", ", label.known());
        return '`' + label.title() + '`' + (known.isEmpty() ? "" : ": " + known);
    }

    private static final int ALL = 7;
}
