package io.surstream.it.sight;

import io.surstream.metrics.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The catalogue of metrics, asked by the names of samples. */
final class Catalogue {
    private static final List<String> OF_HISTOGRAMS = List.of("_bucket", "_count", "_sum", "_max");

    private Catalogue() {}

    /** The metric that a sample of this name belongs to. */
    static Optional<Metric> metric(String sample) {
        return Arrays.stream(Metric.values())
                .filter(metric -> samples(metric).contains(sample))
                .findFirst();
    }

    /** Names of the samples that a metric shows itself by. */
    static List<String> samples(Metric metric) {
        return metric.kind() == Metric.Kind.HISTOGRAM
                ? OF_HISTOGRAMS.stream()
                        .map(end -> metric.prometheusName() + end)
                        .toList()
                : List.of(metric.prometheusName());
    }

    /** Names of the labels that a sample has. */
    static Set<String> labels(Metric metric, String sample) {
        Set<String> labels = new TreeSet<>(metric.labels());
        if (sample.endsWith("_bucket")) {
            labels.add("le");
        }
        return labels;
    }
}
