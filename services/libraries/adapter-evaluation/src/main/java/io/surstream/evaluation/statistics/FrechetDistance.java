package io.surstream.evaluation.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The Fréchet distance (squared 2-Wasserstein distance) of Gaussians fitted to two sets of feature vectors, as in the FID of
 * Heusel and others 2017: |m₁ − m₂|² + tr(S₁ + S₂ − 2 (S₁^½ S₂ S₁^½)^½). Holds the reference side, whose root is computed once.
 * Thread-safe.
 */
public final class FrechetDistance {
    private final double[] mean;
    private final double trace;
    private final DMatrixRMaj root;

    private FrechetDistance(double[] mean, double trace, DMatrixRMaj root) {
        this.mean = mean;
        this.trace = trace;
        this.root = root;
    }

    /** @param features at least two vectors of equal length */
    public static FrechetDistance to(List<double[]> features) {
        if (features.size() < 2) {
            throw new IllegalArgumentException(
                    "a Fréchet distance needs at least 2 reference vectors but got " + features.size());
        }
        int[] all = all(features.size());
        double[] mean = mean(features, all);
        DMatrixRMaj covariance = covariance(features, all, mean);
        return new FrechetDistance(mean, CommonOps_DDRM.trace(covariance), root(covariance));
    }

    /** 0 for equal sets; grows with the difference of means and spreads. */
    public double of(List<double[]> features) {
        return of(features, all(features.size()));
    }

    /** The same of the vectors at these indices, which may repeat. */
    public double of(List<double[]> features, int[] indices) {
        double[] other = mean(features, indices);
        DMatrixRMaj covariance = covariance(features, indices, other);
        int n = mean.length;
        DMatrixRMaj left = new DMatrixRMaj(n, n);
        DMatrixRMaj middle = new DMatrixRMaj(n, n);
        CommonOps_DDRM.mult(root, covariance, left);
        CommonOps_DDRM.mult(left, root, middle);
        double roots = 0;
        for (double value : svd(middle, false).getSingularValues()) {
            roots += Math.sqrt(value);
        }
        double shift = 0;
        for (int i = 0; i < n; i++) {
            shift += (mean[i] - other[i]) * (mean[i] - other[i]);
        }
        return Math.max(0, shift + trace + CommonOps_DDRM.trace(covariance) - 2 * roots);
    }

    private static int[] all(int count) {
        return IntStream.range(0, count).toArray();
    }

    private static double[] mean(List<double[]> features, int[] indices) {
        double[] mean = new double[features.get(0).length];
        for (int index : indices) {
            double[] vector = features.get(index);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += vector[i] / indices.length;
            }
        }
        return mean;
    }

    /** Unbiased; only one triangle is computed. */
    private static DMatrixRMaj covariance(List<double[]> features, int[] indices, double[] mean) {
        int n = mean.length;
        double[] sums = new double[n * n];
        double[] centred = new double[n];
        for (int index : indices) {
            double[] vector = features.get(index);
            for (int i = 0; i < n; i++) {
                centred[i] = vector[i] - mean[i];
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    sums[i * n + j] += centred[i] * centred[j];
                }
            }
        }
        DMatrixRMaj covariance = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double value = sums[i * n + j] / Math.max(1, indices.length - 1);
                covariance.set(i, j, value);
                covariance.set(j, i, value);
            }
        }
        return covariance;
    }

    /** The symmetric root, V · diag(√σ) · Vᵀ, of S = V · diag(σ) · Vᵀ. */
    private static DMatrixRMaj root(DMatrixRMaj covariance) {
        int n = covariance.numRows;
        SingularValueDecomposition_F64<DMatrixRMaj> svd = svd(covariance, true);
        DMatrixRMaj vectors = svd.getV(null, false);
        DMatrixRMaj scaled = vectors.copy();
        double[] roots = Arrays.stream(svd.getSingularValues()).map(Math::sqrt).toArray();
        CommonOps_DDRM.multCols(scaled, roots);
        DMatrixRMaj root = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransB(scaled, vectors, root);
        return root;
    }

    /**
     * Of a symmetric matrix without negative eigenvalues, whose singular values they are. EJML's symmetric eigenvalues do not converge
     * for some matrices that hold little more than rounding errors, such as the covariance of equal vectors.
     */
    private static SingularValueDecomposition_F64<DMatrixRMaj> svd(DMatrixRMaj symmetric, boolean vectors) {
        int n = symmetric.numRows;
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(n, n, false, vectors, false);
        if (!svd.decompose(symmetric.copy())) {
            throw new IllegalStateException("singular values of a " + n + "×" + n + " covariance did not converge");
        }
        return svd;
    }
}
