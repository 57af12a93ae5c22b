package io.surstream.it.docs;

import io.surstream.metrics.Label;
import io.surstream.metrics.Metric;
import java.util.Arrays;
import java.util.stream.Collectors;

/** docs/metrics.md, made from the catalogue of metrics. */
final class MetricsPage {
    private static final String HEAD = """
            # Metrics

            Generated from `io.surstream.metrics.Metric`; after a change run `./docs/generate`.

            Every service exposes these metrics at `/q/metrics`, together with those of the JVM, the HTTP and gRPC servers and the Kafka clients.
            Units are seconds and bytes.
            A histogram has `_bucket` (label `le`), `_count`, `_sum`, and `_max`, the largest value of the last minutes.
            Label values come from small sets, never a job, a prompt or a key; values known to the code are listed with their label.
            [Alerts](alerts.md) use these metrics.

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
        String known = String.join("`, `", label.known());
        return '`' + label.title() + '`' + (known.isEmpty() ? "" : ": `" + known + '`');
    }

    private static final int ALL = 7;
}
