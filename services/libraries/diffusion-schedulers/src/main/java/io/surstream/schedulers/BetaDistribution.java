package io.surstream.schedulers;

/** The quantile function of the beta distribution, for the sigmas of "Beta sampling is all you need". */
final class BetaDistribution {
    private static final int TERMS = 60;
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

    /** The incomplete beta function ∫ u^(a−1)·(1−u)^(b−1) du over 0..x, from the nearer end. */
    private static double integral(double x, double a, double b) {
        double left = series(Math.min(x, 0.5), a, b);
        return x <= 0.5 ? left : left + series(0.5, b, a) - series(1 - x, b, a);
    }

    /** Term by term integral of the binomial series; for x up to ½ each term is at most half the one before. */
    private static double series(double x, double a, double b) {
        double sum = 0;
        double coefficient = 1; // (1−b)(2−b)…(n−b)/n!·xⁿ
        for (int n = 0; n < TERMS; n++) {
            sum += coefficient / (a + n);
            coefficient *= (n + 1 - b) / (n + 1) * x;
        }
        return sum * Math.pow(x, a);
    }
}
