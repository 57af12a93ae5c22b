package io.surstream.models.pipeline;

/** Hears of each step of a job, and may stop the job. Called from the thread that samples. */
@FunctionalInterface
public interface StepListener {
    /** Hears and never stops. */
    StepListener NONE = step -> true;

    /** @return false to stop the job after this step */
    boolean onStep(DenoisingStep step);
}
