package io.surstream.trainer.train;

import io.surstream.v1.TrainingLosses;

/**
 * What one step did.
 *
 * @param globalStep steps so far, those left out included
 * @param examples worked on in this step
 * @param skipped the loss was not finite, so nothing was changed
 * @param skippedSteps left out so far in the whole run
 */
public record StepReport(
        int globalStep, TrainingLosses losses, double learningRate, int examples, boolean skipped, int skippedSteps) {}
