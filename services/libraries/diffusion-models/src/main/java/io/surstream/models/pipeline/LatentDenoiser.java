package io.surstream.models.pipeline;

import io.surstream.models.ModelException;
import io.surstream.models.ModelFolder;
import io.surstream.models.unet.UNet2DConditionModel;
import io.surstream.schedulers.Scheduler;
import io.surstream.schedulers.SchedulerConfig;
import io.surstream.schedulers.SchedulerNames;
import io.surstream.schedulers.Schedulers;
import io.surstream.schedulers.TorchGenerator;
import io.surstream.torch.DType;
import io.surstream.torch.FloatTensor;
import io.surstream.torch.TorchDevice;
import java.util.Arrays;
import java.util.Optional;

/**
 * Noise to latents: the loop over the scheduler's timesteps, with classifier-free guidance (Ho and Salimans). Shapes: C latent
 * channels, h and w size of the latents, L text positions, d width of the text states.
 *
 * <p>Each image of a job is sampled by itself, from its own seed's random stream, so that its numbers are those of a job
 * with this image alone, to the last bit. Thread-safe.
 */
public final class LatentDenoiser implements AutoCloseable {
    private final NoisePredictor network;
    private final SchedulerConfig scheduler;
    private final int channels;
    private final int downscale;
    private final AutoCloseable owned;

    private LatentDenoiser(
            NoisePredictor network, SchedulerConfig scheduler, int channels, int downscale, AutoCloseable owned) {
        this.network = network;
        this.scheduler = scheduler;
        this.channels = channels;
        this.downscale = downscale;
        this.owned = owned;
    }

    /** Loads the UNet of a model; {@link #close} frees it. */
    public static LatentDenoiser load(ModelFolder model, DType dtype, TorchDevice device) {
        UNet2DConditionModel unet = UNet2DConditionModel.load(model.component("unet"), dtype, device);
        if (unet.config().added().isPresent()) {
            unet.close();
            throw new ModelException(model.component("unet") + " is a UNet of SDXL, which needs pooled text and picture"
                    + " sizes beside the prompt; pictures can be drawn with models of the SD 1.x and 2.x kind");
        }
        return new LatentDenoiser(
                (latents, timestep, states) -> unet.forward(latents, FloatTensor.scalar(timestep), states),
                model.scheduler(),
                unet.config().inChannels(),
                Downscale.of(model),
                unet);
    }

    /** Over any network; closing frees nothing. */
    public static LatentDenoiser of(NoisePredictor network, SchedulerConfig scheduler, int channels, int downscale) {
        return new LatentDenoiser(network, scheduler, channels, downscale, () -> {});
    }

    /**
     * Samples all images of a job.
     *
     * @return [images,C,h,w], or empty when the listener stopped the job
     * @throws DenoisingException if the latents stop being finite
     */
    public Optional<FloatTensor> denoise(DenoisingJob job, StepListener listener) {
        Sampling sampling = job.sampling();
        int height = sampling.height() / downscale;
        int width = sampling.width() / downscale;
        int size = channels * height * width;
        job.initialLatents().ifPresent(given -> check(given, sampling.images(), height, width));
        float[] all = new float[sampling.images() * size];
        for (int image = 0; image < sampling.images(); image++) {
            float[] given = initial(job, image, size);
            float[] latents = new Run(job, image, height, width, listener).sample(given);
            if (latents == null) {
                return Optional.empty();
            }
            System.arraycopy(latents, 0, all, image * size, size);
        }
        return Optional.of(FloatTensor.of(all, sampling.images(), channels, height, width));
    }

    private static float[] initial(DenoisingJob job, int image, int size) {
        return job.initialLatents()
                .map(given -> Arrays.copyOfRange(given.data(), image * size, (image + 1) * size))
                .orElse(null);
    }

    private void check(FloatTensor given, int images, int height, int width) {
        long[] expected = {images, channels, height, width};
        if (!Arrays.equals(given.shape(), expected)) {
            throw new IllegalArgumentException("initial_latents must have shape " + Arrays.toString(expected)
                    + " but has " + Arrays.toString(given.shape()));
        }
    }

    /** One image's way from noise to latents. */
    private final class Run {
        private final Sampling sampling;
        private final int image;
        private final int height;
        private final int width;
        private final StepListener listener;
        private final boolean guided;
        private final FloatTensor states; // [2,L,d] rows (unconditional, text), or [1,L,d]
        private final Scheduler trajectory;
        private final TorchGenerator random;

        Run(DenoisingJob job, int image, int height, int width, StepListener listener) {
            this.sampling = job.sampling();
            this.image = image;
            this.height = height;
            this.width = width;
            this.listener = listener;
            this.guided = sampling.guidanceScale() > 1;
            this.states = guided ? stacked(job.negativePromptEmbeds(), job.promptEmbeds()) : job.promptEmbeds();
            this.trajectory =
                    Schedulers.create(SchedulerNames.resolve(sampling.scheduler(), scheduler), sampling.steps());
            this.random = new TorchGenerator(sampling.seed() + image);
        }

        /** @param given unit noise, or null for the seed's own; returns null when stopped */
        float[] sample(float[] given) {
            float[] drawn = given == null ? noise() : given;
            float[] latents = scaled(drawn, trajectory.initNoiseSigma());
            int steps = trajectory.timesteps().length;
            for (int i = 0; i < steps; i++) {
                FloatTensor output = predict(latents, i);
                float[] noise = trajectory.drawsNoise(i) ? noise() : null;
                latents = trajectory.step(guide(output), i, latents, noise).sample();
                checkFinite(latents, i, steps);
                DenoisingStep step = new DenoisingStep(
                        image,
                        i,
                        image * steps + i + 1,
                        sampling.images() * steps,
                        output,
                        FloatTensor.of(latents, 1, channels, height, width));
                if (!listener.onStep(step)) {
                    return null;
                }
            }
            return latents;
        }

        private float[] noise() {
            return random.randn(1, channels, height, width);
        }

        private FloatTensor predict(float[] latents, int i) {
            FloatTensor input = FloatTensor.of(trajectory.scaleModelInput(latents, i), 1, channels, height, width);
            return network.predict(
                    guided ? stacked(input, input) : input, trajectory.timesteps()[i], states);
        }

        /** unconditional + scale · (text − unconditional), in fp32 like the reference. */
        private float[] guide(FloatTensor output) {
            if (!guided) {
                return output.data();
            }
            int size = output.size() / 2;
            float scale = (float) sampling.guidanceScale();
            float[] result = new float[size];
            for (int i = 0; i < size; i++) {
                float unconditional = output.data()[i];
                result[i] = unconditional + scale * (output.data()[size + i] - unconditional);
            }
            return result;
        }

        private void checkFinite(float[] latents, int i, int steps) {
            for (float value : latents) {
                if (!Float.isFinite(value)) {
                    throw new DenoisingException("latents of image " + image + " hold " + value + " after step "
                            + (i + 1)
                            + " of " + steps + " (timestep " + trajectory.timesteps()[i]
                            + "); use fp32, a smaller guidance_scale or another scheduler");
                }
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

    /** [1,…] and [1,…] to [2,…]. */
    private static FloatTensor stacked(FloatTensor first, FloatTensor second) {
        float[] data = Arrays.copyOf(first.data(), first.size() + second.size());
        System.arraycopy(second.data(), 0, data, first.size(), second.size());
        long[] shape = first.shape().clone();
        shape[0] = 2;
        return FloatTensor.of(data, shape);
    }

    @Override
    public void close() {
        try {
            owned.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("closing the UNet failed", e);
        }
    }
}
