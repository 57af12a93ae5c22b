package io.surstream.trainer.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import io.surstream.training.run.StepReport;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** The active run as metrics; NaN while there is none. Thread-safe. */
public final class TrainerMeters {
    private static final double MILLIS = 1e3;

    private final AtomicReference<StepReport> last = new AtomicReference<>();
    private volatile double progressAt = Double.NaN;
    private volatile String activity = "";
    private final LongSupplier clock;
    private final Counter taken;
    private final Counter skipped;
    private final Counter examples;
    private final Counter featuresFound;
    private final Counter featuresComputed;

    public TrainerMeters(MeterRegistry meters) {
        this(meters, System::currentTimeMillis);
    }

    /** @param clock milliseconds since the epoch */
    TrainerMeters(MeterRegistry meters, LongSupplier clock) {
        this.clock = clock;
        taken = Meters.counter(meters, Metric.TRAINER_STEPS, "taken");
        skipped = Meters.counter(meters, Metric.TRAINER_STEPS, "skipped");
        examples = Meters.counter(meters, Metric.TRAINER_EXAMPLES);
        featuresFound = Meters.counter(meters, Metric.CACHE_REQUESTS, "frozen-features", "hit");
        featuresComputed = Meters.counter(meters, Metric.CACHE_REQUESTS, "frozen-features", "miss");
        loss(meters, "total", StepReport::total);
        loss(meters, "denoising", StepReport::denoising);
        loss(meters, "llm", StepReport::llm);
        loss(meters, "prompt", StepReport::prompt);
        gauge(meters, Metric.TRAINER_GRADIENT_NORM, StepReport::gradNorm);
        gauge(meters, Metric.TRAINER_LEARNING_RATE, StepReport::learningRate);
        gauge(meters, Metric.TRAINER_GLOBAL_STEP, StepReport::globalStep);
        Meters.gauge(meters, Metric.TRAINER_ACTIVE, this, own -> Double.isNaN(own.progressAt) ? 0 : 1);
        Meters.gauge(meters, Metric.TRAINER_LAST_PROGRESS, this, own -> own.progressAt);
    }

    /** What the active run does before its first step; the same words again are no progress. */
    public void preparing(String what) {
        if (!what.equals(activity)) {
            activity = what;
            progressAt = now();
        }
    }

    private double now() {
        return clock.getAsLong() / MILLIS;
    }

    /** Frozen features of prompts and images that were in the cache, and those that were computed. */
    public void sought(int found, int computed) {
        featuresFound.increment(found);
        featuresComputed.increment(computed);
    }

    public void stepped(StepReport step) {
        progressAt = now();
        last.set(step);
        examples.increment(step.examples());
        (step.skipped() ? skipped : taken).increment();
    }

    /** No run is active any more. */
    public void idle() {
        last.set(null);
        activity = "";
        progressAt = Double.NaN;
    }

    private void loss(MeterRegistry meters, String loss, ToDoubleFunction<StepReport> value) {
        gauge(meters, Metric.TRAINER_LOSS, value, loss);
    }

    private void gauge(MeterRegistry meters, Metric metric, ToDoubleFunction<StepReport> value, String... labels) {
        Meters.gauge(
                meters,
                metric,
                last,
                step -> step.get() == null ? Double.NaN : value.applyAsDouble(step.get()),
                labels);
    }
}
