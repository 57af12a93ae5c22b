package io.surstream.models.pipeline;

import io.surstream.schedulers.Scheduler;
import io.surstream.schedulers.SchedulerConfig;
import io.surstream.schedulers.SchedulerNames;
import io.surstream.schedulers.Schedulers;
import io.surstream.schedulers.TorchGenerator;
import io.surstream.torch.tensor.FloatTensor;

/**
 * One image's way from noise to latents, between the calls of the network: its own random stream, scheduler and guidance. Shapes:
 * C latent channels, h and w size of the latents, L text positions, d width of the text states. One owner.
 */
final class Trajectory {
    private final DenoisingJob job;
    private final int image;
    private final int channels;
    private final int height;
    private final int width;
    private final boolean guided;
    private final Scheduler scheduler;
    private final TorchGenerator random;
    private float[] latents;

    /**
     * @param image of the job
     * @param given unit noise, or null for the seed's own
     */
    Trajectory(DenoisingJob job, int image, SchedulerConfig config, int[] size, float[] given) {
        Sampling sampling = job.sampling();
        this.job = job;
        this.image = image;
        this.channels = size[0];
        this.height = size[1];
        this.width = size[2];
        this.guided = sampling.guidanceScale() > 1;
        this.scheduler = Schedulers.create(SchedulerNames.resolve(sampling.scheduler(), config), sampling.steps());
        this.random = new TorchGenerator(sampling.seed() + image);
        this.latents = scaled(given == null ? noise() : given, scheduler.initNoiseSigma());
    }

    int steps() {
        return scheduler.timesteps().length;
    }

    float timestep(int i) {
        return scheduler.timesteps()[i];
    }

    /** [2,L,d] rows (unconditional, text), or [1,L,d] without guidance. */
    FloatTensor states() {
        return guided ? Rows.joined(job.negativePromptEmbeds(), job.promptEmbeds()) : job.promptEmbeds();
    }

    /** [2,C,h,w] twice the same with guidance, or [1,C,h,w]. */
    FloatTensor input(int i) {
        FloatTensor input = FloatTensor.of(scheduler.scaleModelInput(latents, i), 1, channels, height, width);
        return guided ? Rows.joined(input, input) : input;
    }

    /** @param output what the network answered for {@link #input}; @throws DenoisingException if no finite latents follow */
    void step(int i, FloatTensor output) {
        float[] noise = scheduler.drawsNoise(i) ? noise() : null;
        latents = scheduler.step(guide(output), i, latents, noise).sample();
        checkFinite(i);
    }

    /** C · h · w values. */
    float[] latents() {
        return latents;
    }

    private float[] noise() {
        return random.randn(1, channels, height, width);
    }

    /** unconditional + scale · (text − unconditional), in fp32 like the reference. */
    private float[] guide(FloatTensor output) {
        if (!guided) {
            return output.data();
        }
        int size = output.size() / 2;
        float scale = (float) job.sampling().guidanceScale();
        float[] result = new float[size];
        for (int i = 0; i < size; i++) {
            float unconditional = output.data()[i];
            result[i] = unconditional + scale * (output.data()[size + i] - unconditional);
        }
        return result;
    }

    private void checkFinite(int i) {
        for (float value : latents) {
            if (!Float.isFinite(value)) {
                throw new DenoisingException("latents of image " + image + " hold " + value + " after step " + (i + 1)
                        + " of " + steps() + " (timestep " + timestep(i)
                        + "); use fp32, a smaller guidance_scale or another scheduler");
            }
        }
    }

    private static float[] scaled(float[] values, float factor) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i] * factor;
        }
        return result;
    }
}
