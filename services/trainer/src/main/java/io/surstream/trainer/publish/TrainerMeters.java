package io.surstream.trainer.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.surstream.trainer.train.StepReport;
import io.surstream.v1.TrainingLosses;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/** The run in hand as metrics; NaN while there is none. Thread-safe. */
public final class TrainerMeters {
    private final AtomicReference<StepReport> last = new AtomicReference<>();
    private final Counter steps;
    private final Counter examples;
    private final Counter skipped;

    public TrainerMeters(MeterRegistry meters) {
        steps = Counter.builder("surstream.trainer.steps")
                .description("Optimizer steps taken")
                .register(meters);
        examples = Counter.builder("surstream.trainer.examples")
                .description("Examples worked on")
                .register(meters);
        skipped = Counter.builder("surstream.trainer.skipped")
                .description("Steps left out because their loss was not finite")
                .register(meters);
        loss(meters, "total", TrainingLosses::getTotal);
        loss(meters, "denoising", TrainingLosses::getDenoising);
        loss(meters, "llm", TrainingLosses::getLlm);
        loss(meters, "prompt", TrainingLosses::getPrompt);
        gauge(meters, "surstream.trainer.grad.norm", step -> step.losses().getGradNorm());
        gauge(meters, "surstream.trainer.learning.rate", StepReport::learningRate);
        gauge(meters, "surstream.trainer.global.step", StepReport::globalStep);
    }

    public void stepped(StepReport step) {
        last.set(step);
        examples.increment(step.examples());
        (step.skipped() ? skipped : steps).increment();
    }

    /** No run is in hand any more. */
    public void idle() {
        last.set(null);
    }

    private void loss(MeterRegistry meters, String kind, ToDoubleFunction<TrainingLosses> value) {
        Gauge.builder("surstream.trainer.loss", () -> of(step -> value.applyAsDouble(step.losses())))
                .tag("kind", kind)
                .register(meters);
    }

    private void gauge(MeterRegistry meters, String name, ToDoubleFunction<StepReport> value) {
        Gauge.builder(name, () -> of(value)).register(meters);
    }

    private double of(ToDoubleFunction<StepReport> value) {
        StepReport step = last.get();
        return step == null ? Double.NaN : value.applyAsDouble(step);
    }
}
