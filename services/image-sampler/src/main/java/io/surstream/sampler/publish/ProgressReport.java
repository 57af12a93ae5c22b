package io.surstream.sampler.publish;

import io.surstream.models.pipeline.DenoisingStep;
import io.surstream.models.pipeline.StepListener;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Reports a job's steps, but not more often than anyone can watch; checks after each step whether to continue. */
public final class ProgressReport implements StepListener {
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final BooleanSupplier wanted;
    private final BiConsumer<Integer, Integer> report;
    private boolean told;
    private long toldAt;

    /**
     * @param interval least time between two reports; the first and the last step are always reported
     * @param nanoTime a clock like {@link System#nanoTime}
     * @param wanted false once the job is to stop
     * @param report takes steps done and steps of the whole job; must not block
     */
    public ProgressReport(
            Duration interval, LongSupplier nanoTime, BooleanSupplier wanted, BiConsumer<Integer, Integer> report) {
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
        this.wanted = wanted;
        this.report = report;
    }

    @Override
    public boolean onStep(DenoisingStep step) {
        if (!wanted.getAsBoolean()) {
            return false;
        }
        long now = nanoTime.getAsLong();
        if (!told || step.done() == step.total() || now - toldAt >= intervalNanos) {
            told = true;
            toldAt = now;
            report.accept(step.done(), step.total());
        }
        return true;
    }
}
