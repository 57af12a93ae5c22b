package io.surstream.evaluation.verdict;

/**
 * How much may be lost before an adapter counts as worse.
 *
 * @param categoryFall points of a category's share, 0..1
 * @param frechetRise share of the baseline's Fréchet distance
 * @param sharpnessFall share of the baseline's sharpness
 */
public record Tolerances(double categoryFall, double frechetRise, double sharpnessFall) {
    public static final Tolerances STANDARD = new Tolerances(0.02, 0.10, 0.05);

    public Tolerances {
        check("categoryFall", categoryFall);
        check("frechetRise", frechetRise);
        check("sharpnessFall", sharpnessFall);
    }

    private static void check(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be 0..1 but is " + value);
        }
    }
}
