package io.surstream.models.pipeline;

/** Is called for each step of a job, and may stop the job. Called from the thread that samples. */
@FunctionalInterface
public interface StepListener {
    /** Ignores all steps and never stops. */
    StepListener NONE = step -> true;

    /** @return false to stop the job after this step */
    boolean onStep(DenoisingStep step);
}
