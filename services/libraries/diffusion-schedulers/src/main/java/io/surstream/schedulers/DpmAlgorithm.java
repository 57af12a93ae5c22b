package io.surstream.schedulers;

import java.util.List;

/** The four update rules of the DPM-Solver family, as weights on the sample, on differences of model outputs, and noise. */
enum DpmAlgorithm {
    /** DPM-Solver++: integrates the predicted x0. */
    DATA,
    /** Its stochastic variant. */
    SDE_DATA,
    /** DPM-Solver: integrates the predicted noise. */
    NOISE,
    /** Its stochastic variant. */
    SDE_NOISE;

    private static final List<String> NAMES =
            List.of("dpmsolver++", "sde-dpmsolver++", "dpmsolver", "sde-dpmsolver", "deis");

    static DpmAlgorithm of(SchedulerConfig config) {
        int index = NAMES.indexOf(config.choice("algorithm_type", "dpmsolver++", NAMES));
        return index == NAMES.indexOf("deis") ? DATA : values()[index]; // diffusers reads deis as dpmsolver++
    }

    boolean predictsData() {
        return this == DATA || this == SDE_DATA;
    }

    boolean stochastic() {
        return this == SDE_DATA || this == SDE_NOISE;
    }

    /**
     * Weights of x = sample·x + d0·D0 + d1·D1 + d2·D2 + noise·z, where D0 is the newest model output and D1, D2 its first
     * and second divided differences. {@code d1Midpoint} is for the midpoint form of order 2, {@code d1} for the exact
     * integral (order 2 "heun" and order 3).
     */
    record Weights(double sample, double d0, double d1Midpoint, double d1, double d2, double noise) {

        float[] first(float[] x, float[] m0, float[] z) {
            return z == null || noise == 0 ? Vectors.sum(sample, x, d0, m0) : Vectors.sum(sample, x, d0, m0, noise, z);
        }

        /** @param r0 width of the last step over the width of this one */
        float[] second(float[] x, float[][] m, double r0, float[] z, boolean heun) {
            double w1 = (heun ? d1 : d1Midpoint) / r0; // D1 = (m0 - m1) / r0
            return sum(z, new double[] {sample, d0 + w1, -w1}, x, m[0], m[1]);
        }

        /** @param r1 width of the step before the last over the width of this one */
        float[] third(float[] x, float[][] m, double r0, double r1, float[] z) {
            // D1_0 = (m0 - m1) / r0, D1_1 = (m1 - m2) / r1
            // D1 = D1_0 + r0 / (r0 + r1) * (D1_0 - D1_1), D2 = (D1_0 - D1_1) / (r0 + r1)
            double onDifference = d1 * r0 / (r0 + r1) + d2 / (r0 + r1);
            double w0 = (d1 + onDifference) / r0;
            double w1 = -onDifference / r1;
            return sum(z, new double[] {sample, d0 + w0, w1 - w0, -w1}, x, m[0], m[1], m[2]);
        }

        private float[] sum(float[] z, double[] weights, float[]... terms) {
            float[] result = Vectors.sum(weights, terms);
            return z == null || noise == 0 ? result : Vectors.sum(1, result, noise, z);
        }
    }

    Weights weights(Level from, Level to) {
        double h = to.lambda() - from.lambda();
        return switch (this) {
            case DATA -> {
                double e = Math.expm1(-h);
                double a = to.alpha();
                yield new Weights(
                        to.sigma() / from.sigma(),
                        -a * e,
                        -0.5 * a * e,
                        a * (e / h + 1),
                        -a * ((e + h) / (h * h) - 0.5),
                        0);
            }
            case SDE_DATA -> {
                double e = -Math.expm1(-2 * h);
                double a = to.alpha();
                yield new Weights(
                        to.sigma() / from.sigma() * Math.exp(-h),
                        a * e,
                        0.5 * a * e,
                        a * (e / (-2 * h) + 1),
                        a * ((e - 2 * h) / (4 * h * h) - 0.5),
                        to.sigma() * Math.sqrt(e));
            }
            case NOISE -> {
                double e = Math.expm1(h);
                double s = to.sigma();
                yield new Weights(
                        to.alpha() / from.alpha(),
                        -s * e,
                        -0.5 * s * e,
                        -s * (e / h - 1),
                        -s * ((e - h) / (h * h) - 0.5),
                        0);
            }
            case SDE_NOISE -> {
                double e = Math.expm1(h);
                double s = to.sigma();
                yield new Weights(
                        to.alpha() / from.alpha(),
                        -2 * s * e,
                        -s * e,
                        -2 * s * (e / h - 1),
                        0,
                        s * Math.sqrt(Math.expm1(2 * h)));
            }
        };
    }
}
