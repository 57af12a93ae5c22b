package io.surstream.training.run;

/**
 * One optimizer step. Losses are means over its micro-batches, each apart and not weighted.
 *
 * @param globalStep steps of the run so far, this one and skipped ones included
 * @param total the weighted sum
 * @param llm distillation
 * @param prompt alignment
 * @param gradNorm global norm before clipping; NaN where the step was skipped before it was known
 * @param examples of all micro-batches
 * @param skipped a loss or the gradients' norm was not finite: nothing was changed
 * @param skippedSteps so far in the whole run, this one included
 */
public record StepReport(
        int globalStep,
        double total,
        double denoising,
        double llm,
        double prompt,
        double gradNorm,
        double learningRate,
        int examples,
        boolean skipped,
        int skippedSteps) {}
