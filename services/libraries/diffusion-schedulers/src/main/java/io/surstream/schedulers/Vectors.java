package io.surstream.schedulers;

/** Sums of scaled arrays: each element is computed in double and rounded to float once. */
final class Vectors {
    private Vectors() {}

    static float[] sum(double a, float[] x, double b, float[] y) {
        float[] result = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = (float) (a * x[i] + b * y[i]);
        }
        return result;
    }

    /** (a·x + b·y) / divisor, which may be zero: where no signal is left, x0 is infinite until it is limited. */
    static float[] quotient(double a, float[] x, double b, float[] y, double divisor) {
        float[] result = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = (float) ((a * x[i] + b * y[i]) / divisor);
        }
        return result;
    }

    static float[] sum(double a, float[] x, double b, float[] y, double c, float[] z) {
        float[] result = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = (float) (a * x[i] + b * y[i] + c * z[i]);
        }
        return result;
    }

    /** The sum of {@code weights[k] * terms[k]}. */
    static float[] sum(double[] weights, float[][] terms) {
        float[] result = new float[terms[0].length];
        for (int i = 0; i < result.length; i++) {
            double value = 0;
            for (int k = 0; k < terms.length; k++) {
                value += weights[k] * terms[k][i];
            }
            result[i] = (float) value;
        }
        return result;
    }

    static float[] scaled(double a, float[] x) {
        float[] result = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = (float) (a * x[i]);
        }
        return result;
    }
}
