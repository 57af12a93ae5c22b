package io.surstream.schedulers;

/**
 * One denoising trajectory of one image: the timesteps to ask the model at, and the rule that turns each answer into the
 * next sample. Built for a fixed number of inference steps by {@link Schedulers}.
 *
 * <p>Samples are flat float arrays of one image in any layout (the rules work element by element, or on the whole image);
 * arrays that are passed in are never changed and never kept after the trajectory has moved past them. Tables are fp32 as
 * in diffusers, the arithmetic of a step is double. Not thread-safe: one trajectory belongs to one caller, and steps must
 * be taken in order 0, 1, 2, …
 */
public interface Scheduler {

    /** The result of a step: the next sample, and the model's present idea of the clean sample (x0), for previews. */
    record Step(float[] sample, float[] predX0) {}

    /** What the model is given as timestep at each step; PNDM makes one more call than the number of inference steps. */
    float[] timesteps();

    /** Noise level before each step and after the last (one more than timesteps), or empty where the rule knows none. */
    float[] sigmas();

    /** The factor from unit noise to the first sample. */
    float initNoiseSigma();

    /** What the model is given at this step, as a new array (or the sample itself where nothing is scaled). */
    float[] scaleModelInput(float[] sample, int stepIndex);

    /** True if the step draws a fresh noise array; diffusers draws in exactly these steps, which fixes the random stream. */
    boolean drawsNoise(int stepIndex);

    /**
     * Takes one step.
     *
     * @param modelOutput what the model answered for {@code scaleModelInput(sample, stepIndex)}
     * @param stepIndex 0 for the first call, then one more each time
     * @param sample the present sample, unscaled
     * @param noise unit noise of the same length; may be null where {@link #drawsNoise} is false
     */
    Step step(float[] modelOutput, int stepIndex, float[] sample, float[] noise);
}
