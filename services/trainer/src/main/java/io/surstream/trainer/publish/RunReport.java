package io.surstream.trainer.publish;

import io.surstream.trainer.tensorboard.EventFile;
import io.surstream.trainer.train.Pace;
import io.surstream.training.run.StepReport;
import io.surstream.v1.TrainingProgressed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells how a run goes: as events, not more often than anyone can watch, and step by step to a board file. One thread. */
public final class RunReport {
    private static final double MILLIS = 1e3;

    private final String trainer;
    private final Duration interval;
    private final LongSupplier nanoTime;
    private final Consumer<TrainingProgressed> publish;
    private final EventFile board;
    private final Pace pace = new Pace();
    private TrainingProgressed last;
    private boolean told;
    private long toldAt;

    /**
     * @param interval least time between two events of the same kind
     * @param nanoTime a clock like {@link System#nanoTime}
     * @param publish must not block
     * @param board the caller's
     */
    public RunReport(
            String runId,
            String trainer,
            Duration interval,
            LongSupplier nanoTime,
            Consumer<TrainingProgressed> publish,
            EventFile board) {
        this.trainer = trainer;
        this.interval = interval;
        this.nanoTime = nanoTime;
        this.publish = publish;
        this.board = board;
        this.last = TrainerEvents.preparing(runId, trainer, "");
    }

    /** The last event's content, published or not. */
    public TrainingProgressed last() {
        return last;
    }

    /** What is done or waited for before the first step. */
    public void preparing(String activity) {
        boolean isNews = last.getState() != TrainingProgressed.State.PREPARING;
        last = TrainerEvents.preparing(last.getRunId(), trainer, activity);
        tell(isNews);
    }

    /**
     * The first step begins now.
     *
     * @param remark what the run trains on
     */
    public void begins(String remark) {
        last = TrainerEvents.preparing(last.getRunId(), trainer, remark);
        pace.tick(nanoTime.getAsLong(), 0);
    }

    public void stepped(StepReport step, int maxSteps) {
        pace.tick(nanoTime.getAsLong(), step.examples());
        boolean isNews = last.getState() != TrainingProgressed.State.TRAINING || step.globalStep() == maxSteps;
        double perSecond = pace.examplesPerSecond();
        last = TrainerEvents.training(last, maxSteps, step, perSecond, pace.secondsFor(maxSteps - step.globalStep()));
        tell(isNews);
        if (!step.skipped()) {
            board.scalars(System.currentTimeMillis() / MILLIS, step.globalStep(), curves(step, perSecond));
        }
    }

    private void tell(boolean isNews) {
        long now = nanoTime.getAsLong();
        if (isNews || !told || now - toldAt >= interval.toNanos()) {
            told = true;
            toldAt = now;
            publish.accept(last);
        }
    }

    private static Map<String, Double> curves(StepReport step, double examplesPerSecond) {
        Map<String, Double> curves = new LinkedHashMap<>();
        curves.put("loss/total", step.total());
        curves.put("loss/denoising", step.denoising());
        curves.put("loss/llm", step.llm());
        curves.put("loss/prompt", step.prompt());
        curves.put("grad_norm", step.gradNorm());
        curves.put("learning_rate", step.learningRate());
        curves.put("examples_per_second", examplesPerSecond);
        return curves;
    }
}
