package io.surstream.playground.training;

/**
 * An affine map to zero mean and identity covariance, by the inverse Cholesky factor: y = W (x − μ), W lower triangular.
 * A channel therefore only ever mixes with the channels before it.
 *
 * @param matrix W, [n][n]
 * @param mean μ, [n]
 */
record Whitening(double[][] matrix, double[] mean) {

    /** Gathers first and second moments of n-vectors. */
    static final class Moments {
        private final double[] sum;
        private final double[][] products;
        private long count;

        Moments(int n) {
            sum = new double[n];
            products = new double[n][n];
        }

        void add(double[] x) {
            count++;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += x[i];
                for (int j = 0; j <= i; j++) {
                    products[i][j] += x[i] * x[j];
                }
            }
        }

        Whitening whitening() {
            int n = sum.length;
            double[] mean = new double[n];
            double[][] covariance = new double[n][n];
            for (int i = 0; i < n; i++) {
                mean[i] = sum[i] / count;
                for (int j = 0; j <= i; j++) {
                    covariance[i][j] = products[i][j] / count - mean[i] * mean[j];
                }
            }
            return new Whitening(invertLower(cholesky(covariance)), mean);
        }
    }

    /** μ and W⁻¹: x = W⁻¹ y + μ. */
    double[][] inverse() {
        return invertLower(matrix);
    }

    /** L with L Lᵀ = a, from a's lower triangle. */
    private static double[][] cholesky(double[][] a) {
        int n = a.length;
        double[][] l = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = a[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= l[i][k] * l[j][k];
                }
                if (i == j && rest <= 0) {
                    throw new IllegalArgumentException("channel " + i + " carries no information: variance " + rest);
                }
                l[i][j] = i == j ? Math.sqrt(rest) : rest / l[j][j];
            }
        }
        return l;
    }

    private static double[][] invertLower(double[][] l) {
        int n = l.length;
        double[][] inverse = new double[n][n];
        for (int column = 0; column < n; column++) {
            for (int i = column; i < n; i++) {
                double rest = i == column ? 1 : 0;
                for (int k = column; k < i; k++) {
                    rest -= l[i][k] * inverse[k][column];
                }
                inverse[i][column] = rest / l[i][i];
            }
        }
        return inverse;
    }
}
