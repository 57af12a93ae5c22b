package io.surstream.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Counts and measures by the catalogue. A call of the wrong kind or with the wrong number of labels fails. A value that its label does
 * not list fails where Java's assertions are on, as in tests; elsewhere it is counted, for no work may end because of its label.
 * Thread-safe.
 */
public final class Meters {
    private Meters() {}

    /** @param labelValues in the order of {@link Metric#labels} */
    public static Counter counter(MeterRegistry registry, Metric metric, String... labelValues) {
        require(metric, Kind.COUNTER);
        return Counter.builder(metric.meterName())
                .description(metric.meaning())
                .tags(tags(metric, labelValues))
                .register(registry);
    }

    /**
     * For what another part counts already.
     *
     * @param source asked at each scrape; the registry holds it weakly, so the caller keeps it
     * @param count never falls
     * @param labelValues as in {@link #counter(MeterRegistry, Metric, String...)}
     */
    public static <T> void counter(
            MeterRegistry registry, Metric metric, T source, ToDoubleFunction<T> count, String... labelValues) {
        require(metric, Kind.COUNTER);
        FunctionCounter.builder(metric.meterName(), source, count)
                .description(metric.meaning())
                .tags(tags(metric, labelValues))
                .register(registry);
    }

    /** For histograms in seconds; {@code labelValues} as in {@link #counter(MeterRegistry, Metric, String...)}. */
    public static Timer timer(MeterRegistry registry, Metric metric, String... labelValues) {
        requireHistogram(metric);
        return Timer.builder(metric.meterName())
                .description(metric.meaning())
                .tags(tags(metric, labelValues))
                .serviceLevelObjectives(Arrays.stream(metric.kind().bounds())
                        .mapToObj(seconds -> Duration.ofNanos((long) (seconds * 1e9)))
                        .toArray(Duration[]::new))
                .register(registry);
    }

    /** For histograms of counts; {@code labelValues} as in {@link #counter(MeterRegistry, Metric, String...)}. */
    public static DistributionSummary summary(MeterRegistry registry, Metric metric, String... labelValues) {
        requireHistogram(metric);
        return DistributionSummary.builder(metric.meterName())
                .description(metric.meaning())
                .tags(tags(metric, labelValues))
                .serviceLevelObjectives(metric.kind().bounds())
                .register(registry);
    }

    /**
     * @param source asked at each scrape; the registry keeps it
     * @param labelValues as in {@link #counter(MeterRegistry, Metric, String...)}
     */
    public static <T> void gauge(
            MeterRegistry registry, Metric metric, T source, ToDoubleFunction<T> value, String... labelValues) {
        require(metric, Kind.GAUGE);
        Gauge.builder(metric.meterName(), source, value)
                .description(metric.meaning())
                .tags(tags(metric, labelValues))
                .strongReference(true)
                .register(registry);
    }

    /** For a gauge whose label values come and go; its rows are replaced as a whole by {@link #replace}. */
    public static MultiGauge rows(MeterRegistry registry, Metric metric) {
        require(metric, Kind.GAUGE);
        return MultiGauge.builder(metric.meterName())
                .description(metric.meaning())
                .register(registry);
    }

    /** @param values by label values, in the order of {@link Metric#labels} */
    public static void replace(MultiGauge rows, Metric metric, Map<List<String>, ? extends Number> values) {
        rows.register(
                values.entrySet().stream()
                        .map(row ->
                                MultiGauge.Row.of(tags(metric, row.getKey().toArray(String[]::new)), row.getValue()))
                        .toList(),
                true);
    }

    private static Tags tags(Metric metric, String... values) {
        List<Label> labels = metric.labels();
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(metric.prometheusName() + " has the labels "
                    + labels.stream().map(Label::title).toList() + " but was given " + Arrays.toString(values));
        }
        Tags tags = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            Label label = labels.get(i);
            assert label.admits(values[i])
                    : "the label " + label.title() + " of " + metric.prometheusName() + " is one of " + label.known()
                            + " but was given as '" + values[i] + "'";
            tags = tags.and(label.title(), values[i]);
        }
        return tags;
    }

    private static void require(Metric metric, Kind wanted) {
        if (metric.kind() != wanted) {
            throw new IllegalArgumentException(
                    metric.prometheusName() + " is a " + metric.kind() + " and no " + wanted);
        }
    }

    private static void requireHistogram(Metric metric) {
        if (!metric.kind().isHistogram()) {
            throw new IllegalArgumentException(
                    metric.prometheusName() + " is a " + metric.kind() + " and no histogram");
        }
    }
}
