package io.surstream.evaluation.verdict;

import io.surstream.evaluation.statistics.Interval;
import io.surstream.evaluation.statistics.PairedShares;
import java.util.List;

/** Comparisons by hand. */
public final class Comparisons {
    public static final PairedShares RISES = new PairedShares(100, 10, 60, 30);
    public static final PairedShares FALLS = new PairedShares(100, 60, 10, 30);
    public static final PairedShares STAYS = new PairedShares(100, 21, 20, 59);

    private Comparisons() {}

    public static Comparison of(PairedShares together, PairedShares colour, QualityChange quality) {
        return new Comparison(
                "together",
                List.of(new CategoryGain("colour", colour), new CategoryGain("together", together)),
                List.of(),
                List.of(quality),
                Tolerances.STANDARD);
    }

    public static Comparison withControls(Comparison comparison, PairedShares count) {
        return new Comparison(
                comparison.headline(),
                comparison.categories(),
                List.of(new CategoryGain("count", count)),
                comparison.qualities(),
                comparison.tolerances());
    }

    /** Fréchet distance from 1 to 1 + change, its interval given. */
    public static QualityChange frechet(double change, double lower, double upper) {
        return new QualityChange(Comparison.FRECHET, false, 1, 1 + change, new Interval(lower, upper), 0.1);
    }
}
