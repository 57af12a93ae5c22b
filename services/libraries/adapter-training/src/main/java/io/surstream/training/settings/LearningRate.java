package io.surstream.training.settings;

import java.util.Arrays;
import java.util.Locale;

/**
 * The learning rate over a run, with the formulas of diffusers' schedules.
 *
 * @param peak after warm-up
 * @param warmupSteps over which it rises linearly from 0; also with {@link Schedule#CONSTANT}
 */
public record LearningRate(double peak, Schedule schedule, int warmupSteps) {
    /** Where {@link Schedule#POLYNOMIAL} ends. */
    static final double POLYNOMIAL_END = 1e-7;

    /** What follows the warm-up. */
    public enum Schedule {
        CONSTANT,
        CONSTANT_WITH_WARMUP,
        /** Falls to 0 at the run's end. */
        LINEAR,
        /** Falls to 1e-7 at the run's end, with the power that the published script takes: 1. */
        POLYNOMIAL,
        /** Half a cosine to 0 at the run's end. */
        COSINE,
        /** The same, with as many restarts as the published script takes: none. */
        COSINE_WITH_RESTARTS;

        static String[] names() {
            return Arrays.stream(values()).map(Schedule::toString).toArray(String[]::new);
        }

        static Schedule parse(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        /** Whether the rate depends on the run's length. */
        public boolean falls() {
            return this != CONSTANT && this != CONSTANT_WITH_WARMUP;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param step counted from 0 */
    public double at(int step, int totalSteps) {
        if (step < warmupSteps) {
            return peak * step / warmupSteps;
        }
        double progress = Math.min(1, (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps));
        return switch (schedule) {
            case CONSTANT, CONSTANT_WITH_WARMUP -> peak;
            case LINEAR -> peak * (1 - progress);
            case POLYNOMIAL -> (peak - POLYNOMIAL_END) * (1 - progress) + POLYNOMIAL_END;
            case COSINE, COSINE_WITH_RESTARTS -> peak * 0.5 * (1 + Math.cos(Math.PI * progress));
        };
    }
}
