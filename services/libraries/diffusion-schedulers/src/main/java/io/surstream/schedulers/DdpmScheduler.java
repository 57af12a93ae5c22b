package io.surstream.schedulers;

import static io.surstream.schedulers.PredictionType.EPSILON;
import static io.surstream.schedulers.PredictionType.SAMPLE;
import static io.surstream.schedulers.PredictionType.V_PREDICTION;

import java.util.List;

/** Ho, Jain and Abbeel, "Denoising diffusion probabilistic models", formulas 6, 7 and 15. */
final class DdpmScheduler extends TrajectoryScheduler {
    private static final List<String> VARIANCES = List.of("fixed_small", "fixed_small_log", "fixed_large");

    private final NoiseSchedule schedule;
    private final PredictionType prediction;
    private final X0Limit limit;
    private final boolean largeVariance;

    static DdpmScheduler of(SchedulerConfig config, int steps) {
        return new DdpmScheduler(config, NoiseSchedule.of(config), steps);
    }

    private DdpmScheduler(SchedulerConfig config, NoiseSchedule schedule, int steps) {
        super(Timesteps.toFloats(Timesteps.whole(config, steps, schedule.trainSteps())), new float[0]);
        this.schedule = schedule;
        this.prediction = PredictionType.of(config, EPSILON, SAMPLE, V_PREDICTION);
        this.limit = X0Limit.of(config, true);
        this.largeVariance =
                config.choice("variance_type", "fixed_small", VARIANCES).equals("fixed_large");
        schedule.refuseEpsilonAtZeroSnr(config, prediction, limit, (int) timestep(0));
    }

    @Override
    public boolean drawsNoise(int stepIndex) {
        return timestep(stepIndex) > 0;
    }

    @Override
    Step advance(float[] modelOutput, int i, float[] sample, float[] noise) {
        double alphaBar = schedule.alphaBar((int) timestep(i));
        double previous = i + 1 < steps() ? schedule.alphaBar((int) timestep(i + 1)) : 1;
        double alpha = alphaBar / previous;
        double beta = 1 - alpha;
        float[] x0 = limit.apply(prediction.x0(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar), modelOutput, sample));
        double x0Weight = Math.sqrt(previous) * beta / (1 - alphaBar);
        double sampleWeight = Math.sqrt(alpha) * (1 - previous) / (1 - alphaBar);
        if (!drawsNoise(i)) {
            return new Step(Vectors.sum(x0Weight, x0, sampleWeight, sample), x0);
        }
        // at least 1e-20 so that a logarithm of it exists, as in diffusers
        double variance = largeVariance ? beta : Math.max((1 - previous) / (1 - alphaBar) * beta, 1e-20);
        return new Step(Vectors.sum(x0Weight, x0, sampleWeight, sample, Math.sqrt(variance), noise), x0);
    }
}
