package io.surstream.models.adapter;

/**
 * What is minimised: denoisingWeight · denoising + llmWeight · distillation + promptWeight · alignment.
 *
 * @param denoisingWeight of the UNet's mean squared error; with 0 the UNet does not run
 * @param denoisingGradient false cuts the denoising loss off from the adapter, as the published code does in effect
 * @param llmWeight of the distillation loss; with 0 no teacher is needed
 * @param promptWeight of the alignment loss
 */
public record AdapterObjective(
        double denoisingWeight,
        boolean denoisingGradient,
        double llmWeight,
        double promptWeight,
        Reduction reduction,
        Direction direction) {

    /** What the two divergences, summed over positions and features, are divided by. */
    public enum Reduction {
        /** By the batch size alone, as the published code does. */
        REFERENCE,
        /** By batch size and positions, so that it does not grow with the length of the text window. */
        MEAN
    }

    /** Which way the divergences are taken. */
    public enum Direction {
        /** KL(adapter ‖ target), as the published code computes it. */
        REFERENCE,
        /** KL(target ‖ adapter), the usual distillation. */
        TEACHER_TO_STUDENT
    }
}
