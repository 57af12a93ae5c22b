package io.surstream.evaluation.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedSharesTest {
    /** Cases of Newcombe's paper, its table of intervals, method 10; and cells of zero. */
    @ParameterizedTest
    @CsvSource({
        "36, 12, 2, 0, 0.0569, 0.3404",
        "20, 12, 2, 16, 0.0562, 0.3292",
        "18, 14, 0, 18, 0.1441, 0.3963",
        "0, 54, 0, 0, 0.9061, 1.0000",
        "53, 1, 0, 0, -0.0496, 0.0977"
    })
    void intervals_are_those_of_newcombes_tenth_method(
            int both, int onlyAdapted, int onlyBaseline, int neither, double lower, double upper) {
        Interval interval = new PairedShares(both, onlyBaseline, onlyAdapted, neither).gainInterval();

        assertEquals(lower, interval.lower(), 5e-5);
        assertEquals(upper, interval.upper(), 5e-5);
    }

    @Test
    void exchanging_the_two_sides_turns_the_interval_around() {
        Interval one = new PairedShares(20, 2, 12, 16).gainInterval();
        Interval other = new PairedShares(20, 12, 2, 16).gainInterval();

        assertEquals(one.lower(), -other.upper(), 1e-12);
        assertEquals(one.upper(), -other.lower(), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"5, 15, 0.04138946533203125", "0, 6, 0.03125", "4, 4, 1", "0, 0, 1", "0, 2000, 0"})
    void mcnemars_p_is_that_of_the_two_sided_binomial_test(int onlyBaseline, int onlyAdapted, double p) {
        assertEquals(p, new PairedShares(30, onlyBaseline, onlyAdapted, 7).mcNemarP(), 1e-12);
    }

    @Test
    void shares_count_both_sides() {
        PairedShares answers = new PairedShares(10, 3, 8, 4);

        assertEquals(13, answers.baseline().successes());
        assertEquals(18, answers.adapted().successes());
        assertEquals(0.2, answers.gain(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> new PairedShares(1, -1, 0, 0));
    }

    @Test
    void without_a_question_nothing_is_known() {
        Interval interval = new PairedShares(0, 0, 0, 0).gainInterval();

        assertTrue(interval.lower() <= -1 && interval.upper() >= 1);
    }
}
