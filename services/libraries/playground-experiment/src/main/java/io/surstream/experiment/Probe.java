package io.surstream.experiment;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A linear probe: ridge regression of one-hot answers on standardised features. What it reads off is there for any linear
 * layer to use. N examples, D features, K answers.
 */
final class Probe {
    private static final double RIDGE = 1e-3;

    private final double[] mean;
    private final double[] deviation;
    private final DMatrixRMaj weights; // [D+1,K]

    private Probe(double[] mean, double[] deviation, DMatrixRMaj weights) {
        this.mean = mean;
        this.deviation = deviation;
        this.weights = weights;
    }

    /** @param answers of each example, 0 to {@code choices} − 1 */
    static Probe fit(List<float[]> features, int[] answers, int choices) {
        int d = features.get(0).length;
        double[] mean = new double[d];
        double[] deviation = new double[d];
        for (float[] row : features) {
            for (int i = 0; i < d; i++) {
                mean[i] += row[i] / (double) features.size();
            }
        }
        for (float[] row : features) {
            for (int i = 0; i < d; i++) {
                deviation[i] += Math.pow(row[i] - mean[i], 2) / features.size();
            }
        }
        for (int i = 0; i < d; i++) {
            deviation[i] = Math.sqrt(deviation[i]) + 1e-9;
        }
        Probe empty = new Probe(mean, deviation, null);
        DMatrixRMaj x = empty.matrix(features); // [N,D+1]
        DMatrixRMaj y = new DMatrixRMaj(features.size(), choices);
        for (int n = 0; n < answers.length; n++) {
            y.set(n, answers[n], 1);
        }
        DMatrixRMaj square = new DMatrixRMaj(d + 1, d + 1);
        CommonOps_DDRM.multInner(x, square);
        for (int i = 0; i <= d; i++) {
            square.add(i, i, RIDGE * features.size());
        }
        DMatrixRMaj right = new DMatrixRMaj(d + 1, choices);
        CommonOps_DDRM.multTransA(x, y, right);
        DMatrixRMaj weights = new DMatrixRMaj(d + 1, choices);
        if (!CommonOps_DDRM.solve(square, right, weights)) {
            throw new IllegalStateException("the probe's equations have no solution");
        }
        return new Probe(mean, deviation, weights);
    }

    /** Share of examples whose answer it reads. */
    double accuracy(List<float[]> features, int[] answers) {
        DMatrixRMaj scores = new DMatrixRMaj(features.size(), weights.numCols);
        CommonOps_DDRM.mult(matrix(features), weights, scores);
        int right = 0;
        for (int n = 0; n < answers.length; n++) {
            int best = 0;
            for (int k = 1; k < weights.numCols; k++) {
                best = scores.get(n, k) > scores.get(n, best) ? k : best;
            }
            right += best == answers[n] ? 1 : 0;
        }
        return (double) right / answers.length;
    }

    private DMatrixRMaj matrix(List<float[]> features) {
        int d = mean.length;
        DMatrixRMaj x = new DMatrixRMaj(features.size(), d + 1);
        for (int n = 0; n < features.size(); n++) {
            for (int i = 0; i < d; i++) {
                x.set(n, i, (features.get(n)[i] - mean[i]) / deviation[i]);
            }
            x.set(n, d, 1);
        }
        return x;
    }
}
