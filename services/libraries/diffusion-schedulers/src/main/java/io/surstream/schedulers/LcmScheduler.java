package io.surstream.schedulers;

import static io.surstream.schedulers.PredictionType.EPSILON;
import static io.surstream.schedulers.PredictionType.SAMPLE;
import static io.surstream.schedulers.PredictionType.V_PREDICTION;

/** Luo et al., "Latent consistency models": jump to x0, then add fresh noise for the next level. */
final class LcmScheduler extends TrajectoryScheduler {
    private static final double SIGMA_DATA = 0.5;

    private final NoiseSchedule schedule;
    private final PredictionType prediction;
    private final X0Limit limit;
    private final double timestepScaling;

    static LcmScheduler of(SchedulerConfig config, int steps) {
        return new LcmScheduler(config, NoiseSchedule.of(config), steps);
    }

    private LcmScheduler(SchedulerConfig config, NoiseSchedule schedule, int steps) {
        super(timesteps(config, steps, schedule.trainSteps()), new float[0]);
        this.schedule = schedule;
        this.prediction = PredictionType.of(config, EPSILON, SAMPLE, V_PREDICTION);
        this.limit = X0Limit.of(config, false);
        this.timestepScaling = config.number("timestep_scaling", 10);
        schedule.refuseEpsilonAtZeroSnr(config, prediction, limit, (int) timestep(0));
    }

    /** Evenly picked out of the timesteps that the model was distilled on. */
    private static float[] timesteps(SchedulerConfig config, int steps, int trainSteps) {
        int distilled = config.integer("original_inference_steps", 50, 1, trainSteps);
        if (steps < 1 || steps > distilled) {
            throw config.refused("num_inference_steps", steps, "1.." + distilled + " (original_inference_steps)");
        }
        int stride = trainSteps / distilled;
        float[] result = new float[steps];
        for (int i = 0; i < steps; i++) {
            int picked = (int) Math.floor(i * (distilled / (double) steps));
            result[i] = (distilled - picked) * stride - 1;
        }
        return result;
    }

    @Override
    public boolean drawsNoise(int stepIndex) {
        return stepIndex != steps() - 1;
    }

    /** @return as predX0 the consistency function's value, which diffusers calls {@code denoised} */
    @Override
    Step advance(float[] modelOutput, int i, float[] sample, float[] noise) {
        int t = (int) timestep(i);
        double alphaBar = schedule.alphaBar(t);
        float[] x0 = limit.apply(prediction.x0(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar), modelOutput, sample));
        double scaled = t * timestepScaling;
        double norm = scaled * scaled + SIGMA_DATA * SIGMA_DATA;
        float[] denoised = Vectors.sum(scaled / Math.sqrt(norm), x0, SIGMA_DATA * SIGMA_DATA / norm, sample);
        if (!drawsNoise(i)) {
            return new Step(denoised, denoised);
        }
        double previous = schedule.alphaBar((int) timestep(i + 1));
        return new Step(Vectors.sum(Math.sqrt(previous), denoised, Math.sqrt(1 - previous), noise), denoised);
    }
}
