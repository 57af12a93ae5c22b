package io.surstream.schedulers;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the model predicts, and how to read x0 and the noise ε out of it, given x = α·x0 + σ·ε with α² + σ² = 1.
 * v is α·ε − σ·x0 (Salimans and Ho, "Progressive distillation").
 */
enum PredictionType {
    EPSILON,
    SAMPLE,
    V_PREDICTION;

    static PredictionType of(SchedulerConfig config, PredictionType... allowed) {
        List<String> names =
                Stream.of(allowed).map(type -> type.name().toLowerCase()).toList();
        return valueOf(config.choice("prediction_type", "epsilon", names).toUpperCase());
    }

    float[] x0(double alpha, double sigma, float[] output, float[] sample) {
        return switch (this) {
            case EPSILON -> Vectors.quotient(1, sample, -sigma, output, alpha);
            case SAMPLE -> output;
            case V_PREDICTION -> Vectors.sum(alpha, sample, -sigma, output);
        };
    }

    float[] epsilon(double alpha, double sigma, float[] output, float[] sample) {
        return switch (this) {
            case EPSILON -> output;
            case SAMPLE -> Vectors.quotient(1, sample, -alpha, output, sigma);
            case V_PREDICTION -> Vectors.sum(alpha, output, sigma, sample);
        };
    }
}
