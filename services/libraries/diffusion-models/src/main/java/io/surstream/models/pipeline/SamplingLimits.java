package io.surstream.models.pipeline;

/**
 * What an operator allows.
 *
 * @param maxSteps most inference steps, 1 to 1000
 * @param maxSide largest height or width in pixels
 * @param maxPixels most pixels of one image: its memory grows with them
 * @param maxImages most images of one job
 * @param maxGuidanceScale largest absolute guidance scale
 */
public record SamplingLimits(int maxSteps, int maxSide, long maxPixels, int maxImages, double maxGuidanceScale) {
    public static final SamplingLimits STANDARD = new SamplingLimits(1000, 2048, 2048L * 2048, 16, 100);

    public SamplingLimits {
        check("max-steps", maxSteps, 1, 1000);
        check("max-side", maxSide, 8, 1 << 16);
        check("max-pixels", maxPixels, 64, 1L << 32);
        check("max-images", maxImages, 1, 1024);
        if (!(maxGuidanceScale >= 1 && maxGuidanceScale <= 1e6)) {
            throw new IllegalArgumentException("max-guidance-scale must be 1..1000000 but is " + maxGuidanceScale);
        }
    }

    private static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + ".." + max + " but is " + value);
        }
    }
}
