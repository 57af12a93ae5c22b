package io.surstream.it.observability;

import io.surstream.metrics.Label;
import io.surstream.metrics.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
        return metric.kind().isHistogram()
                ? OF_HISTOGRAMS.stream()
                        .map(end -> metric.prometheusName() + end)
                        .toList()
                : List.of(metric.prometheusName());
    }

    /** Names of the labels that a sample has. */
    static Set<String> labels(Metric metric, String sample) {
        Set<String> labels = metric.labels().stream().map(Label::title).collect(Collectors.toCollection(TreeSet::new));
        if (sample.endsWith("_bucket")) {
            labels.add("le");
        }
        return labels;
    }

    /** All values of a sample's label; empty where the code does not name them, as those of metrics that are not ours. */
    static List<String> values(String sample, String label) {
        return metric(sample).stream()
                .flatMap(metric -> metric.labels().stream())
                .filter(each -> each.title().equals(label))
                .flatMap(each -> each.known().stream())
                .toList();
    }
}
