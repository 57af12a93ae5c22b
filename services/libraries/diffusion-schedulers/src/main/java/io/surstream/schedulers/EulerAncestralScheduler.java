package io.surstream.schedulers;

import static io.surstream.schedulers.PredictionType.EPSILON;
import static io.surstream.schedulers.PredictionType.V_PREDICTION;

/** Euler steps a little too far down, then fresh noise back up to the next level (k-diffusion's ancestral sampler). */
final class EulerAncestralScheduler extends TrajectoryScheduler {
    private final VarianceExploding space;

    static EulerAncestralScheduler of(SchedulerConfig config, int steps) {
        NoiseSchedule schedule = NoiseSchedule.withFiniteSigmas(config);
        double[] timesteps = Timesteps.fractional(config, "linspace", steps, schedule.trainSteps());
        SigmaSchedule sigmas = new SigmaSchedule(config, schedule);
        double[] levels = new double[timesteps.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = sigmas.at((float) timesteps[i]);
        }
        return new EulerAncestralScheduler(config, Timesteps.toFloats(timesteps), SigmaSchedule.closed(levels, 0));
    }

    private EulerAncestralScheduler(SchedulerConfig config, float[] timesteps, float[] sigmas) {
        super(timesteps, sigmas);
        this.space = new VarianceExploding(
                PredictionType.of(config, EPSILON, V_PREDICTION), Timesteps.spacing(config, "linspace"));
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
    public boolean drawsNoise(int stepIndex) {
        return true;
    }

    @Override
    Step advance(float[] modelOutput, int i, float[] sample, float[] noise) {
        double from = sigma(i);
        double to = sigma(i + 1);
        double up = Math.sqrt(to * to * (from * from - to * to) / (from * from));
        double down = Math.sqrt(to * to - up * up);
        float[] x0 = space.x0(from, modelOutput, sample);
        double ratio = (down - from) / from;
        return new Step(Vectors.sum(1 + ratio, sample, -ratio, x0, up, noise), x0);
    }
}
