package io.surstream.evaluation.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Intervals of any measure of a set of pairs, by drawing the pairs again with replacement (Efron's percentile bootstrap). The same
 * seed gives the same interval.
 *
 * @param resamples how many sets are drawn, at least 100
 */
public record PairedBootstrap(int resamples, long seed) {
    private static final double TAIL = 0.025;

    public PairedBootstrap {
        if (resamples < 100) {
            throw new IllegalArgumentException("resamples must be at least 100 but are " + resamples);
        }
    }

    /**
     * @param pairs how many there are
     * @param measure of the pairs at the given indices, some of which occur more than once
     */
    public Interval interval(int pairs, ToDoubleFunction<int[]> measure) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            values[i] = measure.applyAsDouble(random.ints(pairs, 0, pairs).toArray());
        }
        Arrays.sort(values);
        return new Interval(quantile(values, TAIL), quantile(values, 1 - TAIL));
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
