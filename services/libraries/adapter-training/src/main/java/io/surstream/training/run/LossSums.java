package io.surstream.training.run;

import io.surstream.models.adapter.AdapterTraining;
import io.surstream.training.checkpoint.RunProgress;

/** Losses of one step's micro-batches. */
final class LossSums {
    private int batches;
    private int examples;
    private double total;
    private double denoising;
    private double llm;
    private double prompt;

    void add(AdapterTraining.Result result, int rows, int microBatches) {
        batches += microBatches;
        examples += rows;
        total += microBatches * result.total();
        denoising += microBatches * result.denoising();
        llm += microBatches * result.llm();
        prompt += microBatches * result.prompt();
    }

    int examples() {
        return examples;
    }

    /** Every loss, so that also one with weight 0 is noticed. */
    boolean finite() {
        return Double.isFinite(total + denoising + llm + prompt);
    }

    /** @param after the run's progress after the step */
    StepReport report(RunProgress after, double gradNorm, double learningRate, boolean skipped) {
        return new StepReport(
                after.globalStep(),
                total / batches,
                denoising / batches,
                llm / batches,
                prompt / batches,
                gradNorm,
                learningRate,
                examples,
                skipped,
                after.skippedSteps());
    }
}
