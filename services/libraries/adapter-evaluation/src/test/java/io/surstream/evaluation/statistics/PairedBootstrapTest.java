package io.surstream.evaluation.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
    private static final double[] VALUES =
            new Random(3).doubles(400, -1, 1).map(x -> x + 0.25).toArray();
    private static final ToDoubleFunction<int[]> MEAN = indices ->
            IntStream.of(indices).mapToDouble(i -> VALUES[i]).average().orElseThrow();

    @Test
    void the_interval_of_a_mean_is_that_of_the_normal_distribution() {
        double mean = MEAN.applyAsDouble(IntStream.range(0, VALUES.length).toArray());
        double variance = IntStream.range(0, VALUES.length)
                        .mapToDouble(i -> (VALUES[i] - mean) * (VALUES[i] - mean))
                        .sum()
                / VALUES.length;
        double half = 1.96 * Math.sqrt(variance / VALUES.length);

        Interval interval = new PairedBootstrap(4000, 1).interval(VALUES.length, MEAN);

        assertEquals(mean - half, interval.lower(), 0.005);
        assertEquals(mean + half, interval.upper(), 0.005);
    }

    @Test
    void the_same_seed_gives_the_same_interval() {
        assertEquals(
                new PairedBootstrap(200, 5).interval(VALUES.length, MEAN),
                new PairedBootstrap(200, 5).interval(VALUES.length, MEAN));
    }

    @Test
    void too_few_resamples_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new PairedBootstrap(99, 1));
    }
}
