package io.surstream.curator;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.curator.report.Outcome;

/** {@code surstream.curator.items}, tagged with where each item ended: published, or the stage and reason that dropped it. */
final class CurationMetrics {
    private static final String ITEMS = "surstream.curator.items";

    private final MeterRegistry meters;

    CurationMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Dropped<?> end) {
            String stage = end.drop().stage().title();
            meters.counter(ITEMS, "end", stage, "reason", end.drop().reason()).increment();
        } else {
            meters.counter(ITEMS, "end", "published", "reason", "").increment();
        }
    }
}
