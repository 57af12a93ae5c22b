package io.surstream.training.settings;

import java.util.Locale;

/**
 * The learning rate over a run, with the formulas of diffusers' schedules.
 *
 * @param peak after warm-up
 * @param warmupSteps over which it rises linearly from 0; also with {@link Schedule#CONSTANT}
 */
public record LearningRate(double peak, Schedule schedule, int warmupSteps) {
    /** What follows the warm-up. */
    public enum Schedule {
        CONSTANT,
        /** Falls to 0 at the run's end. */
        LINEAR,
        /** Half a cosine to 0 at the run's end. */
        COSINE;

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
        double progress = (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
        return switch (schedule) {
            case CONSTANT -> peak;
            case LINEAR -> peak * Math.max(0, 1 - progress);
            case COSINE -> peak * Math.max(0, 0.5 * (1 + Math.cos(Math.PI * progress)));
        };
    }
}
