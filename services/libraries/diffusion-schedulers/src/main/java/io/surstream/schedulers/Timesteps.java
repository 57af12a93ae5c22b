package io.surstream.schedulers;

import java.util.List;

/**
 * The three spacings of inference timesteps over T training timesteps, descending (Lin et al., "Common diffusion noise
 * schedules and sample steps are flawed", table 2). Rounding is half to even, as numpy does.
 */
final class Timesteps {
    private static final List<String> SPACINGS = List.of("linspace", "leading", "trailing");

    private Timesteps() {}

    static String spacing(SchedulerConfig config, String fallback) {
        return config.choice("timestep_spacing", fallback, SPACINGS);
    }

    /** Checks 1..T once for every scheduler. */
    static void checkCount(SchedulerConfig config, int steps, int trainSteps) {
        if (steps < 1 || steps > trainSteps) {
            throw config.refused("num_inference_steps", steps, "1.." + trainSteps + " (num_train_timesteps)");
        }
    }

    /** Spacing in which the last step may land on timestep 0 (DDIM, DDPM, PNDM). */
    static double[] whole(SchedulerConfig config, int steps, int trainSteps) {
        double[] result = fractional(config, "leading", steps, trainSteps);
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.rint(result[i]);
        }
        return checked(config, result, steps, trainSteps);
    }

    /** As {@link #whole}, but linspace is not rounded (Euler). */
    static double[] fractional(SchedulerConfig config, String fallback, int steps, int trainSteps) {
        checkCount(config, steps, trainSteps);
        return switch (spacing(config, fallback)) {
            case "linspace" -> reversed(linspace(0, trainSteps - 1, steps));
            case "leading" -> leading(trainSteps / steps, steps, 0, offset(config));
            default -> trailing(trainSteps, trainSteps / (double) steps);
        };
    }

    /** Spacing of the multistep solvers: one more point is laid out and the last, where the noise ends, is left out. */
    static double[] withoutEnd(SchedulerConfig config, int steps, int trainSteps, int lastTimestep) {
        checkCount(config, steps, trainSteps);
        return switch (spacing(config, "linspace")) {
            case "linspace" -> {
                double[] points = reversed(linspace(0, lastTimestep - 1, steps + 1));
                double[] result = new double[steps];
                for (int i = 0; i < steps; i++) {
                    result[i] = Math.rint(points[i]);
                }
                yield result;
            }
            case "leading" -> leading(lastTimestep / (steps + 1), steps, 1, offset(config));
            default -> trailing(lastTimestep, trainSteps / (double) steps);
        };
    }

    /** A schedule that leaves the training range would read past the tables; refused instead of clipped. */
    static double[] checked(SchedulerConfig config, double[] timesteps, int steps, int trainSteps) {
        for (double t : timesteps) {
            if (t < 0 || t > trainSteps - 1) {
                throw config.refused(
                        "num_inference_steps",
                        steps + " (steps_offset " + offset(config) + ", timestep " + t + ")",
                        "a count whose timesteps stay within 0.." + (trainSteps - 1) + "; use fewer steps");
            }
        }
        return timesteps;
    }

    static double[] linspace(double start, double end, int count) {
        double[] values = new double[count];
        double step = count == 1 ? 0 : (end - start) / (count - 1);
        for (int i = 0; i < count; i++) {
            values[i] = start + step * i;
        }
        if (count > 1) {
            values[count - 1] = end;
        }
        return values;
    }

    static float[] toFloats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }

    private static int offset(SchedulerConfig config) {
        return config.integer("steps_offset", 0, 0, 1_000_000);
    }

    private static double[] leading(int ratio, int steps, int first, int offset) {
        double[] values = new double[steps];
        for (int i = 0; i < steps; i++) {
            values[i] = (double) (steps - 1 - i + first) * ratio + offset;
        }
        return values;
    }

    /** numpy's arange(last, 0, -ratio), rounded, minus one; its length comes from a rounded division, as in numpy. */
    private static double[] trailing(int last, double ratio) {
        double[] values = new double[(int) Math.ceil(-last / -ratio)];
        double step = (last - ratio) - last;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.rint(last + i * step) - 1;
        }
        return values;
    }

    private static double[] reversed(double[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[values.length - 1 - i];
        }
        return result;
    }
}
