package io.surstream.evaluation.verdict;

import static io.surstream.evaluation.verdict.Comparisons.FALLS;
import static io.surstream.evaluation.verdict.Comparisons.RISES;
import static io.surstream.evaluation.verdict.Comparisons.STAYS;
import static io.surstream.evaluation.verdict.Comparisons.frechet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.evaluation.statistics.Interval;
import io.surstream.evaluation.statistics.PairedShares;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictPolicyTest {
    private static final QualityChange SAME = frechet(0, -0.05, 0.05);

    private static Verdict.Kind judge(PairedShares together, PairedShares colour, QualityChange quality) {
        return VerdictPolicy.judge(Comparisons.of(together, colour, quality)).kind();
    }

    @Test
    void meaning_that_rises_at_the_same_quality_is_better() {
        assertEquals(Verdict.Kind.BETTER, judge(RISES, STAYS, SAME));
    }

    @Test
    void a_quality_that_improves_is_no_obstacle() {
        assertEquals(Verdict.Kind.BETTER, judge(RISES, RISES, frechet(-0.5, -0.7, -0.3)));
    }

    @Test
    void a_change_within_chance_is_no_better() {
        assertEquals(Verdict.Kind.NO_BETTER, judge(STAYS, STAYS, SAME));
    }

    @Test
    void one_category_that_falls_makes_it_worse_though_the_headline_rises() {
        assertEquals(Verdict.Kind.WORSE, judge(RISES, FALLS, SAME));
    }

    @Test
    void control_prompts_that_fall_make_it_worse_and_ones_that_stay_do_not() {
        Comparison rises = Comparisons.of(RISES, STAYS, SAME);

        Verdict damaged = VerdictPolicy.judge(Comparisons.withControls(rises, FALLS));

        assertEquals(Verdict.Kind.WORSE, damaged.kind());
        assertTrue(damaged.reason().contains("in control prompts count"), damaged.reason());
        assertEquals(
                Verdict.Kind.BETTER,
                VerdictPolicy.judge(Comparisons.withControls(rises, STAYS)).kind());
    }

    @Test
    void a_quality_that_surely_falls_makes_it_worse() {
        assertEquals(Verdict.Kind.WORSE, judge(RISES, STAYS, frechet(0.3, 0.15, 0.45)));
    }

    @Test
    void a_quality_that_may_fall_too_far_is_not_promoted_but_not_worse() {
        Verdict verdict = VerdictPolicy.judge(Comparisons.of(RISES, STAYS, frechet(0.05, -0.1, 0.2)));

        assertEquals(Verdict.Kind.NO_BETTER, verdict.kind());
        assertTrue(verdict.reason().contains("frechet-distance"), verdict.reason());
    }

    @Test
    void where_higher_is_better_the_lower_end_counts() {
        QualityChange blur = new QualityChange("sharpness", true, 1, 0.8, new Interval(-0.22, -0.18), 0.05);
        QualityChange slight = new QualityChange("sharpness", true, 1, 0.98, new Interval(-0.04, 0), 0.05);

        assertEquals(Verdict.Kind.WORSE, judge(RISES, STAYS, blur));
        assertEquals(Verdict.Kind.BETTER, judge(RISES, STAYS, slight));
    }

    @Test
    void a_headline_that_is_no_category_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Comparison(
                        "beauty",
                        List.of(new CategoryGain("colour", RISES)),
                        List.of(),
                        List.of(),
                        Tolerances.STANDARD));
        assertThrows(IllegalArgumentException.class, () -> new Tolerances(0.1, Double.NaN, 0));
    }
}
