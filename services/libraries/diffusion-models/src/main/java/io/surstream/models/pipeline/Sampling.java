package io.surstream.models.pipeline;

/**
 * Complete, checked settings of one job, as {@link SamplingRules} hands them out.
 *
 * @param seed of the first image, unsigned; image n has seed + n
 * @param scheduler short name
 * @param height in pixels
 * @param width in pixels
 */
public record Sampling(
        long seed, int steps, double guidanceScale, String scheduler, int images, int height, int width) {}
