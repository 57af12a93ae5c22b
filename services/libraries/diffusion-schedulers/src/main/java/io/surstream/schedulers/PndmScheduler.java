package io.surstream.schedulers;

import static io.surstream.schedulers.PredictionType.EPSILON;
import static io.surstream.schedulers.PredictionType.V_PREDICTION;

import java.util.ArrayList;
import java.util.List;

/**
 * Liu et al., "Pseudo numerical methods for diffusion models on manifolds", formulas 9, 12 and 13: linear multistep over
 * the last four model outputs, started by Runge-Kutta steps or, with {@code skip_prk_steps}, by one repeated timestep.
 */
final class PndmScheduler extends TrajectoryScheduler {
    private static final int ORDER = 4;
    private static final int CALLS_PER_RUNGE_KUTTA_STEP = 4;

    private final NoiseSchedule schedule;
    private final PredictionType prediction;
    private final double finalAlphaBar;
    private final int stride;
    private final int rungeKuttaCalls;

    private final List<float[]> outputs = new ArrayList<>(); // newest last, at most four
    private float[] heldSample;
    private float[] blend;

    static PndmScheduler of(SchedulerConfig config, int steps) {
        return new PndmScheduler(config, NoiseSchedule.of(config), steps);
    }

    private PndmScheduler(SchedulerConfig config, NoiseSchedule schedule, int steps) {
        super(timesteps(config, steps, schedule.trainSteps()), new float[0]);
        this.schedule = schedule;
        this.prediction = PredictionType.of(config, EPSILON, V_PREDICTION);
        this.finalAlphaBar = config.flag("set_alpha_to_one", false) ? 1 : schedule.alphaBar(0);
        this.stride = schedule.trainSteps() / steps;
        this.rungeKuttaCalls = config.flag("skip_prk_steps", false) ? 0 : (ORDER - 1) * CALLS_PER_RUNGE_KUTTA_STEP;
    }

    private static float[] timesteps(SchedulerConfig config, int steps, int trainSteps) {
        double[] base = Timesteps.whole(config, steps, trainSteps); // descending
        List<Double> result = new ArrayList<>();
        if (config.flag("skip_prk_steps", false)) {
            for (int i = 0; i < base.length; i++) {
                result.add(base[i]);
                if (i == 1) {
                    result.add(base[i]); // the second timestep is asked twice
                }
            }
        } else {
            if (steps < ORDER) {
                throw config.refused("num_inference_steps", steps, "at least 4 unless skip_prk_steps is true");
            }
            int half = trainSteps / steps / 2;
            for (int i = 0; i < ORDER - 1; i++) {
                // each Runge-Kutta step asks at its start, twice half way, and at its end
                result.addAll(List.of(base[i], base[i + 1] + half, base[i + 1] + half, base[i + 1]));
            }
            for (int i = ORDER - 1; i < base.length; i++) {
                result.add(base[i]);
            }
        }
        float[] timesteps = new float[result.size()];
        for (int i = 0; i < timesteps.length; i++) {
            timesteps[i] = result.get(i).floatValue();
        }
        return timesteps;
    }

    @Override
    Step advance(float[] modelOutput, int i, float[] sample, float[] noise) {
        float[] x0 = x0((int) timestep(i), modelOutput, sample);
        return new Step(
                i < rungeKuttaCalls ? rungeKutta(modelOutput, i, sample) : multistep(modelOutput, i, sample), x0);
    }

    private float[] rungeKutta(float[] output, int i, float[] sample) {
        int phase = i % CALLS_PER_RUNGE_KUTTA_STEP;
        float[] used = output;
        switch (phase) {
            case 0 -> {
                blend = Vectors.scaled(1 / 6.0, output);
                outputs.add(output);
                heldSample = sample;
            }
            case 1, 2 -> blend = Vectors.sum(1, blend, 1 / 3.0, output);
            default -> used = Vectors.sum(1, blend, 1 / 6.0, output);
        }
        int to = (int) timestep(i) - (phase % 2 == 0 ? stride / 2 : 0);
        return transfer(heldSample, (int) timestep(i - phase), to, used);
    }

    private float[] multistep(float[] output, int i, float[] sample) {
        int from = (int) timestep(i);
        if (i == 1) {
            // second half of the starting step: average both outputs and go again from the first sample
            float[] mean = Vectors.sum(0.5, output, 0.5, outputs.get(0));
            return transfer(heldSample, from + stride, from, mean);
        }
        outputs.add(output);
        if (outputs.size() > ORDER) {
            outputs.remove(0);
        }
        heldSample = sample;
        int n = outputs.size();
        float[] used =
                switch (n) {
                    case 1 -> output;
                    case 2 -> weighted(n, 3 / 2.0, -1 / 2.0);
                    case 3 -> weighted(n, 23 / 12.0, -16 / 12.0, 5 / 12.0);
                    default -> weighted(n, 55 / 24.0, -59 / 24.0, 37 / 24.0, -9 / 24.0);
                };
        return transfer(sample, from, from - stride, used);
    }

    /** Adams-Bashforth weights, newest output first. */
    private float[] weighted(int n, double... newestFirst) {
        float[][] terms = new float[n][];
        for (int k = 0; k < n; k++) {
            terms[k] = outputs.get(n - 1 - k);
        }
        return Vectors.sum(newestFirst, terms);
    }

    /** Formula 9: moves a sample from one timestep to an earlier one along the given noise. */
    private float[] transfer(float[] sample, int from, int to, float[] output) {
        double alphaBar = schedule.alphaBar(from);
        double target = to >= 0 ? schedule.alphaBar(to) : finalAlphaBar;
        float[] epsilon = prediction.epsilon(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar), output, sample);
        double denominator = alphaBar * Math.sqrt(1 - target) + Math.sqrt(alphaBar * (1 - alphaBar) * target);
        return Vectors.sum(Math.sqrt(target / alphaBar), sample, -(target - alphaBar) / denominator, epsilon);
    }

    private float[] x0(int t, float[] output, float[] sample) {
        double alphaBar = schedule.alphaBar(t);
        return prediction.x0(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar), output, sample);
    }
}
