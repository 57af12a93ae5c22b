package io.surstream.schedulers;

/** The quantile function of the beta distribution, for the sigmas of "Beta sampling is all you need". */
final class BetaDistribution {
    private static final int INTERVALS = 4000;
    private static final int BISECTIONS = 60;

    private BetaDistribution() {}

    /** The x in 0..1 below which a share {@code p} of Beta(a, b) lies; a and b at most 1. */
    static double quantile(double p, double a, double b) {
        if (p <= 0 || p >= 1) {
            return p <= 0 ? 0 : 1;
        }
        double whole = integral(1, a, b);
        double low = 0;
        double high = 1;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (integral(middle, a, b) < p * whole) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /**
     * The incomplete beta function ∫ u^(a−1)(1−u)^(b−1) du over 0..x. Split at ½; on each side the substitution u = s^(1/a)
     * (or 1−u = s^(1/b)) takes the singular end away, and Simpson's rule does the rest.
     */
    private static double integral(double x, double a, double b) {
        double left = side(Math.min(x, 0.5), a, b);
        return x <= 0.5 ? left : left + side(0.5, b, a) - side(1 - x, b, a);
    }

    private static double side(double x, double a, double b) {
        double end = Math.pow(x, a);
        double width = end / INTERVALS;
        double sum = 0;
        for (int i = 0; i <= INTERVALS; i++) {
            double weight = i == 0 || i == INTERVALS ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.pow(1 - Math.pow(i * width, 1 / a), b - 1);
        }
        return sum * width / 3 / a;
    }
}
