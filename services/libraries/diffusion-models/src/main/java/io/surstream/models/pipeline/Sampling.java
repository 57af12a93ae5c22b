package io.surstream.models.pipeline;

import io.surstream.v1.SamplingSettings;

/**
 * Complete, checked settings of one job, as {@link SamplingRules} hands them out.
 *
 * @param seed of the first image, unsigned; image n has seed + n
 * @param scheduler short name
 * @param height in pixels
 * @param width in pixels
 */
public record Sampling(
        long seed, int steps, double guidanceScale, String scheduler, int images, int height, int width) {

    /** @param complete every field is set, but for the seed, and checked */
    public static Sampling of(SamplingSettings complete) {
        return new Sampling(
                complete.getSeed(),
                complete.getNumInferenceSteps(),
                complete.getGuidanceScale(),
                complete.getScheduler(),
                complete.getNumImages(),
                complete.getHeight(),
                complete.getWidth());
    }
}
