package io.surstream.schedulers;

import static io.surstream.schedulers.PredictionType.EPSILON;
import static io.surstream.schedulers.PredictionType.SAMPLE;
import static io.surstream.schedulers.PredictionType.V_PREDICTION;

/** Song, Meng and Ermon, "Denoising diffusion implicit models", formulas 12 and 16. */
final class DdimScheduler extends TrajectoryScheduler {
    private final NoiseSchedule schedule;
    private final PredictionType prediction;
    private final X0Limit limit;
    private final double finalAlphaBar;
    private final int stride;
    private final double eta;

    static DdimScheduler of(SchedulerConfig config, int steps, double eta) {
        return new DdimScheduler(config, NoiseSchedule.of(config), steps, eta);
    }

    private DdimScheduler(SchedulerConfig config, NoiseSchedule schedule, int steps, double eta) {
        super(Timesteps.toFloats(Timesteps.whole(config, steps, schedule.trainSteps())), new float[0]);
        this.schedule = schedule;
        this.prediction = PredictionType.of(config, EPSILON, SAMPLE, V_PREDICTION);
        this.limit = X0Limit.of(config, true);
        this.finalAlphaBar = config.flag("set_alpha_to_one", true) ? 1 : schedule.alphaBar(0);
        this.stride = schedule.trainSteps() / steps;
        this.eta = eta;
        if (!(eta >= 0 && eta <= 1)) {
            throw config.refused("eta", eta, "0..1");
        }
        schedule.refuseEpsilonAtZeroSnr(config, prediction, limit, (int) timestep(0));
    }

    @Override
    public boolean drawsNoise(int stepIndex) {
        return eta > 0;
    }

    @Override
    Step advance(float[] modelOutput, int i, float[] sample, float[] noise) {
        int t = (int) timestep(i);
        double alphaBar = schedule.alphaBar(t);
        double previous = t - stride >= 0 ? schedule.alphaBar(t - stride) : finalAlphaBar;
        double alpha = Math.sqrt(alphaBar);
        double sigma = Math.sqrt(1 - alphaBar);
        float[] x0 = limit.apply(prediction.x0(alpha, sigma, modelOutput, sample));
        // the direction comes from the model's own noise, not from the limited x0
        float[] epsilon = prediction.epsilon(alpha, sigma, modelOutput, sample);
        double deviation = eta * Math.sqrt((1 - previous) / (1 - alphaBar) * (1 - alphaBar / previous));
        double direction = Math.sqrt(1 - previous - deviation * deviation);
        float[] next = eta > 0
                ? Vectors.sum(Math.sqrt(previous), x0, direction, epsilon, deviation, noise)
                : Vectors.sum(Math.sqrt(previous), x0, direction, epsilon);
        return new Step(next, x0);
    }
}
