package io.surstream.curator;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.curator.report.FilterResult;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;

/** Counts items by where they ended: published, or the stage and reason that dropped them. */
final class CurationMetrics {
    private final MeterRegistry meters;

    CurationMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(FilterResult<?> outcome) {
        if (outcome instanceof FilterResult.Rejected<?> end) {
            String stage = end.rejection().stage().title();
            Meters.counter(meters, Metric.CURATED_ITEMS, stage, end.rejection().reason())
                    .increment();
        } else {
            Meters.counter(meters, Metric.CURATED_ITEMS, "published", "none").increment();
        }
    }
}
