package io.surstream.schedulers;

/** What all schedulers share: the tables, steps in order, and arguments checked before a rule sees them. */
abstract class TrajectoryScheduler implements Scheduler {
    private final float[] timesteps;
    private final float[] sigmas;
    private int next;

    TrajectoryScheduler(float[] timesteps, float[] sigmas) {
        this.timesteps = timesteps;
        this.sigmas = sigmas;
    }

    /** The rule itself; arguments are checked. */
    abstract Step advance(float[] modelOutput, int i, float[] sample, float[] noise);

    @Override
    public float[] timesteps() {
        return timesteps.clone();
    }

    @Override
    public float[] sigmas() {
        return sigmas.clone();
    }

    @Override
    public float initNoiseSigma() {
        return 1;
    }

    @Override
    public float[] scaleModelInput(float[] sample, int stepIndex) {
        return sample;
    }

    @Override
    public boolean drawsNoise(int stepIndex) {
        return false;
    }

    @Override
    public final Step step(float[] modelOutput, int stepIndex, float[] sample, float[] noise) {
        if (stepIndex != next || next == timesteps.length) {
            throw new IllegalStateException(
                    next == timesteps.length
                            ? "all " + next + " steps of this trajectory are taken"
                            : "step " + next + " is next but step " + stepIndex + " was asked for");
        }
        if (modelOutput.length != sample.length) {
            throw new IllegalArgumentException(
                    "model output has " + modelOutput.length + " values but the sample has " + sample.length);
        }
        if (drawsNoise(stepIndex) && (noise == null || noise.length != sample.length)) {
            throw new IllegalArgumentException("step " + stepIndex + " needs " + sample.length + " values of noise");
        }
        Step result = advance(modelOutput, stepIndex, sample, noise);
        next++;
        return result;
    }

    final int steps() {
        return timesteps.length;
    }

    final float timestep(int i) {
        return timesteps[i];
    }

    final double sigma(int i) {
        return sigmas[i];
    }
}
