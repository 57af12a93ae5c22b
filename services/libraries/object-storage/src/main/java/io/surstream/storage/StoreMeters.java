package io.surstream.storage;

import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import java.util.function.Supplier;

/** Times calls by what became of them. */
public final class StoreMeters {

    private final MeterRegistry registry;

    public StoreMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    <V> V timed(StoreOperation operation, Supplier<V> call) {
        long start = System.nanoTime();
        String outcome = "ok";
        try {
            return call.get();
        } catch (RuntimeException e) {
            outcome = outcome(e);
            throw e;
        } finally {
            Meters.timer(registry, Metric.STORAGE_REQUEST, operation.label(), outcome)
                    .record(java.time.Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static String outcome(RuntimeException failure) {
        if (failure instanceof ObjectNotFoundException) {
            return "absent";
        }
        if (failure instanceof ChecksumMismatchException) {
            return "torn";
        }
        if (failure instanceof StoreRefusedException refusal) {
            return S3Call.isPreconditionFailed(refusal) ? "present" : "refused";
        }
        return "unavailable";
    }
}
