package io.surstream.schedulers;

/**
 * The space of the Euler family, x = x0 + σ·ε: scaling between it and the model's variance-preserving inputs (Karras et al.,
 * table 1).
 */
record VarianceExploding(PredictionType prediction, String spacing) {

    static float[] scaleModelInput(float[] sample, double sigma) {
        return Vectors.scaled(1 / Math.sqrt(sigma * sigma + 1), sample);
    }

    float initNoiseSigma(double largest) {
        return (float) (spacing.equals("leading") ? Math.sqrt(largest * largest + 1) : largest);
    }

    float[] x0(double sigma, float[] output, float[] sample) {
        double square = sigma * sigma + 1;
        return switch (prediction) {
            case EPSILON -> Vectors.sum(1, sample, -sigma, output);
            case SAMPLE -> output;
            case V_PREDICTION -> Vectors.sum(-sigma / Math.sqrt(square), output, 1 / square, sample);
        };
    }
}
