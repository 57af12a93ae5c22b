package io.surstream.evaluation.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FrechetDistanceTest {
    /** Four points with mean 0 and covariance L·Lᵀ (divided by three), L = [[a,0],[b,c]]. */
    private static List<double[]> points(double a, double b, double c) {
        double s = Math.sqrt(1.5);
        return List.of(
                new double[] {s * a, s * b}, new double[] {-s * a, -s * b}, new double[] {0, s * c}, new double[] {
                    0, -s * c
                });
    }

    private static List<double[]> shifted(List<double[]> points, double by) {
        return points.stream()
                .map(point -> new double[] {point[0] + by, point[1]})
                .toList();
    }

    @Test
    void equal_sets_have_no_distance() {
        List<double[]> set = points(1, 0.5, 2);

        assertEquals(0, FrechetDistance.to(set).of(set), 1e-9);
    }

    @Test
    void a_shift_counts_by_its_square() {
        List<double[]> set = points(1, 0.5, 2);

        assertEquals(9, FrechetDistance.to(set).of(shifted(set, 3)), 1e-9);
    }

    /** Of 2×2 matrices: tr √M = √(tr M + 2 √det M); S₁S₂ = [[2,4],[1,8]]. */
    @Test
    void covariances_that_do_not_commute_give_the_value_by_hand() {
        List<double[]> first = points(Math.sqrt(2), 1 / Math.sqrt(2), Math.sqrt(1.5)); // [[2,1],[1,2]]
        List<double[]> second = points(1, 0, 2); // [[1,0],[0,4]]
        double expected = 4 + 5 - 2 * Math.sqrt(10 + 2 * Math.sqrt(12));

        assertEquals(expected, FrechetDistance.to(first).of(second), 1e-9);
        assertEquals(expected, FrechetDistance.to(second).of(first), 1e-9);
    }

    @Test
    void indices_choose_and_repeat_vectors() {
        List<double[]> set = points(1, 0.5, 2);
        List<double[]> chosen = List.of(set.get(0), set.get(0), set.get(3));

        assertEquals(FrechetDistance.to(set).of(chosen), FrechetDistance.to(set).of(set, new int[] {0, 0, 3}), 1e-12);
    }

    @Test
    void references_that_differ_by_rounding_only_give_the_distance_to_their_mean() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            double[] reference = random.doubles(64).toArray();
            double[] nearly = reference.clone();
            nearly[3] = Math.nextUp(nearly[3]);
            List<double[]> drawn = Stream.generate(() -> random.doubles(64).toArray())
                    .limit(20)
                    .toList();
            double spread = 0;
            for (int i = 0; i < 64; i++) {
                int at = i;
                double mean = drawn.stream().mapToDouble(v -> v[at]).average().orElseThrow();
                spread += Math.pow(mean - reference[i], 2);
                spread += drawn.stream()
                                .mapToDouble(v -> Math.pow(v[at] - mean, 2))
                                .sum()
                        / 19;
            }

            FrechetDistance distance = FrechetDistance.to(List.of(nearly, reference, reference, reference));

            assertEquals(spread, distance.of(drawn), 1e-6);
        }
    }

    @Test
    void fewer_vectors_than_dimensions_still_give_a_number() {
        List<double[]> few = List.of(new double[] {1, 0, 0, 2}, new double[] {0, 1, 3, 0});

        assertTrue(Double.isFinite(FrechetDistance.to(few).of(few)));
        assertThrows(IllegalArgumentException.class, () -> FrechetDistance.to(few.subList(0, 1)));
    }
}
