package io.surstream.evaluation.verdict;

/**
 * How much may be lost before an adapter counts as worse.
 *
 * @param maxCategoryDrop points of a category's share, 0..1
 * @param maxFrechetRise share of the baseline's Fréchet distance
 * @param maxSharpnessDrop share of the baseline's sharpness
 */
public record Tolerances(double maxCategoryDrop, double maxFrechetRise, double maxSharpnessDrop) {
    public static final Tolerances STANDARD = new Tolerances(0.02, 0.10, 0.05);

    public Tolerances {
        check("maxCategoryDrop", maxCategoryDrop);
        check("maxFrechetRise", maxFrechetRise);
        check("maxSharpnessDrop", maxSharpnessDrop);
    }

    private static void check(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be 0..1 but is " + value);
        }
    }
}
