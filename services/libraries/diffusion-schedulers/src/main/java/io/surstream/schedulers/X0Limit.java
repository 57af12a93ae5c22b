package io.surstream.schedulers;

import java.util.Arrays;

/**
 * The limits a config may put on the predicted clean sample: a fixed range ({@code clip_sample}) or dynamic thresholding
 * over the whole image (Saharia et al., "Photorealistic text-to-image diffusion models", section 2.3).
 */
record X0Limit(boolean clip, double range, boolean threshold, double ratio, double maxValue) {

    static X0Limit of(SchedulerConfig config, boolean clipByDefault) {
        return new X0Limit(
                config.flag("clip_sample", clipByDefault),
                config.number("clip_sample_range", 1),
                config.flag("thresholding", false),
                config.number("dynamic_thresholding_ratio", 0.995),
                config.number("sample_max_value", 1));
    }

    /** The multistep solvers know thresholding only. */
    static X0Limit thresholdOnly(SchedulerConfig config) {
        X0Limit both = of(config, false);
        return new X0Limit(false, both.range, both.threshold, both.ratio, both.maxValue);
    }

    /** Whether anything is limited at all. */
    boolean limits() {
        return clip || threshold;
    }

    float[] apply(float[] x0) {
        if (threshold) {
            // at least 1, so that it is never less than plain clipping; the upper limit wins where the two disagree
            double s = Math.min(Math.max(absQuantile(x0), 1), maxValue);
            return limited(x0, s, s);
        }
        return clip ? limited(x0, range, 1) : x0;
    }

    private static float[] limited(float[] x, double limit, double divisor) {
        float[] result = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = (float) (Math.max(-limit, Math.min(limit, x[i])) / divisor);
        }
        return result;
    }

    /** torch.quantile: linear interpolation between the two nearest ranks. */
    private double absQuantile(float[] x) {
        double[] sorted = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            sorted[i] = Math.abs(x[i]);
        }
        Arrays.sort(sorted);
        double rank = ratio * (x.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, x.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
