package io.surstream.training.run;

import io.surstream.models.adapter.AdapterTraining;

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

    StepReport report(int globalStep, double gradNorm, double learningRate, boolean skipped) {
        return new StepReport(
                globalStep,
                total / batches,
                denoising / batches,
                llm / batches,
                prompt / batches,
                gradNorm,
                learningRate,
                examples,
                skipped);
    }
}
