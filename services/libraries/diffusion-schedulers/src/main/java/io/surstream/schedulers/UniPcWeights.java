package io.surstream.schedulers;

/**
 * The coefficients of one UniPC step of order p.
 *
 * @param sample weight of the sample at the start of the step
 * @param output weight of the model output there, before the differences take their share
 * @param residual common weight of the differences
 * @param ratios [p] λ-distance of each earlier output over the step's width, ending with 1 for the step's own end
 * @param b [p] right side of the order conditions
 */
record UniPcWeights(double sample, double output, double residual, double[] ratios, double[] b) {

    /** @param sigmas [p + 1] levels newest first: the step's end, its start, then the levels before */
    static UniPcWeights of(double[] sigmas, boolean predictsData, boolean bh1) {
        int order = sigmas.length - 1;
        Level to = Level.of(sigmas[0]);
        Level from = Level.of(sigmas[1]);
        double h = to.lambda() - from.lambda();
        double[] ratios = new double[order];
        for (int k = 0; k < order - 1; k++) {
            ratios[k] = (Level.of(sigmas[k + 2]).lambda() - from.lambda()) / h;
        }
        ratios[order - 1] = 1;
        double hh = predictsData ? -h : h;
        double phi1 = Math.expm1(hh);
        double scale = bh1 ? hh : phi1;
        double lead = predictsData ? to.alpha() : to.sigma();
        double sample = predictsData ? to.sigma() / from.sigma() : to.alpha() / from.alpha();
        return new UniPcWeights(sample, -lead * phi1, -lead * scale, ratios, rightSide(order, hh, phi1, scale));
    }

    private static double[] rightSide(int order, double hh, double phi1, double scale) {
        double[] b = new double[order];
        double phi = phi1 / hh - 1;
        double factorial = 1;
        for (int k = 0; k < order; k++) {
            b[k] = phi * factorial / scale;
            factorial *= k + 2;
            phi = phi / hh - 1 / factorial;
        }
        return b;
    }

    /** One weight per earlier output (order − 1 of them). */
    double[] predictor() {
        return solve(ratios.length - 1);
    }

    /** One weight per earlier output and one for the new one. */
    double[] corrector() {
        return solve(ratios.length);
    }

    /** Solves Σ_k r_k^j·x_k = b_j for j = 0..n−1 by elimination with pivoting. */
    private double[] solve(int n) {
        double[][] rows = new double[n][n + 1];
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++) {
                rows[j][k] = Math.pow(ratios[k], j);
            }
            rows[j][n] = b[j];
        }
        for (int c = 0; c < n; c++) {
            int pivot = c;
            for (int r = c + 1; r < n; r++) {
                pivot = Math.abs(rows[r][c]) > Math.abs(rows[pivot][c]) ? r : pivot;
            }
            double[] swap = rows[c];
            rows[c] = rows[pivot];
            rows[pivot] = swap;
            for (int r = 0; r < n; r++) {
                double factor = r == c ? 0 : rows[r][c] / rows[c][c];
                for (int k = c; factor != 0 && k <= n; k++) {
                    rows[r][k] -= factor * rows[c][k];
                }
            }
        }
        double[] x = new double[n];
        for (int c = 0; c < n; c++) {
            x[c] = rows[c][n] / rows[c][c];
        }
        return x;
    }
}
