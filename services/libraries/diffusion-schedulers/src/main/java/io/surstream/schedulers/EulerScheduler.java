package io.surstream.schedulers;

import static io.surstream.schedulers.PredictionType.EPSILON;
import static io.surstream.schedulers.PredictionType.SAMPLE;
import static io.surstream.schedulers.PredictionType.V_PREDICTION;

import java.util.List;

/** Karras et al., "Elucidating the design space of diffusion-based generative models", algorithm 2 without churn. */
final class EulerScheduler extends TrajectoryScheduler {
    private static final List<String> INTERPOLATIONS = List.of("linear", "log_linear");
    private static final List<String> TIMESTEP_TYPES = List.of("discrete", "continuous");

    /** Noise levels [n + 1] and their timesteps [n]. */
    private record Tables(float[] timesteps, float[] sigmas) {}

    private final VarianceExploding space;

    static EulerScheduler of(SchedulerConfig config, int steps) {
        PredictionType prediction = PredictionType.of(originalSampleIsSample(config), EPSILON, SAMPLE, V_PREDICTION);
        return new EulerScheduler(config, prediction, tables(config, prediction, steps));
    }

    private EulerScheduler(SchedulerConfig config, PredictionType prediction, Tables tables) {
        super(tables.timesteps, tables.sigmas);
        this.space = new VarianceExploding(prediction, Timesteps.spacing(config, "linspace"));
    }

    private static SchedulerConfig originalSampleIsSample(SchedulerConfig config) {
        boolean older = config.text("prediction_type", "epsilon").equals("original_sample");
        return older ? config.with("prediction_type", "sample") : config;
    }

    private static Tables tables(SchedulerConfig config, PredictionType prediction, int steps) {
        NoiseSchedule schedule = NoiseSchedule.withFiniteSigmas(config);
        SigmaSchedule sigmas = new SigmaSchedule(config, schedule);
        double[] timesteps = Timesteps.fractional(config, "linspace", steps, schedule.trainSteps());
        double[] levels = interpolated(config, sigmas, timesteps, steps);
        SigmaSchedule.Spread spread = SigmaSchedule.spread(config, false);
        if (spread != SigmaSchedule.Spread.TIMESTEPS) {
            levels = sigmas.levels(spread, levels[0], levels[levels.length - 1], steps);
            timesteps = new double[steps];
            for (int i = 0; i < steps; i++) {
                timesteps[i] = sigmas.timestepOf(levels[i]);
            }
        }
        float[] closed = SigmaSchedule.closed(levels, SigmaSchedule.endsAtZero(config) ? 0 : sigmas.min());
        boolean continuous =
                config.choice("timestep_type", "discrete", TIMESTEP_TYPES).equals("continuous");
        if (continuous && prediction == V_PREDICTION) {
            for (int i = 0; i < timesteps.length; i++) {
                timesteps[i] = 0.25 * Math.log(closed[i]);
            }
        }
        return new Tables(Timesteps.toFloats(timesteps), closed);
    }

    private static double[] interpolated(SchedulerConfig config, SigmaSchedule sigmas, double[] timesteps, int steps) {
        if (config.choice("interpolation_type", "linear", INTERPOLATIONS).equals("log_linear")) {
            double[] levels = Timesteps.linspace(Math.log(sigmas.max()), Math.log(sigmas.min()), steps + 1);
            for (int i = 0; i < levels.length; i++) {
                levels[i] = Math.exp(levels[i]);
            }
            return levels;
        }
        double[] levels = new double[timesteps.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = sigmas.at((float) timesteps[i]);
        }
        return levels;
    }

    @Override
    public float initNoiseSigma() {
        return space.initNoiseSigma(sigma(0));
    }

    @Override
    public float[] scaleModelInput(float[] sample, int stepIndex) {
        return VarianceExploding.scaleModelInput(sample, sigma(stepIndex));
    }

    @Override
    Step advance(float[] modelOutput, int i, float[] sample, float[] noise) {
        double sigma = sigma(i);
        float[] x0 = space.x0(sigma, modelOutput, sample);
        double ratio = (sigma(i + 1) - sigma) / sigma;
        return new Step(Vectors.sum(1 + ratio, sample, -ratio, x0), x0);
    }
}
