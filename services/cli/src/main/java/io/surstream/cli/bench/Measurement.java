package io.surstream.cli.bench;

import java.util.Arrays;

/**
 * One row of the report.
 *
 * @param group what is measured: tokenizer, unet, …
 * @param name which of its quantities or settings
 * @param unit of all numbers: ms, s, MB
 * @param runs number of samples
 */
record Measurement(String group, String name, String unit, int runs, double p50, double p95, double max) {

    /** Percentiles of what was measured, by the nearest rank. */
    static Measurement of(String group, String name, String unit, double[] samples) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("no samples for " + group + " " + name);
        }
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return new Measurement(
                group, name, unit, sorted.length, rank(sorted, 0.50), rank(sorted, 0.95), sorted[sorted.length - 1]);
    }

    private static double rank(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
