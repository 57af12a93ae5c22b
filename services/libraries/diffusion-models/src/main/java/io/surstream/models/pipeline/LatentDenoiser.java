package io.surstream.models.pipeline;

import io.surstream.models.ModelException;
import io.surstream.models.ModelFolder;
import io.surstream.models.unet.UNet2DConditionModel;
import io.surstream.schedulers.PipelineScheduler;
import io.surstream.schedulers.SchedulerConfig;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Noise to latents: the loop over the scheduler's timesteps, with classifier-free guidance (Ho and Salimans). Shapes: C latent
 * channels, h and w size of the latents, L text positions, d width of the text states.
 *
 * <p>{@link #denoise} samples each image of a job by itself, from its own seed's random stream, so that its numbers are those of a job
 * with this image alone, to the last bit. Thread-safe.
 */
public final class LatentDenoiser implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LatentDenoiser.class);

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
            throw new ModelException(model.component("unet") + " is a UNet of SDXL, which needs pooled text and image"
                    + " sizes beside the prompt; images can be drawn with models of the SD 1.x and 2.x kind");
        }
        PipelineScheduler scheduler = model.pipelineScheduler();
        if (!scheduler.corrections().isEmpty()) {
            LOG.info(
                    "model {}: scheduler with {}; diffusers' pipeline corrects it so",
                    model.name(),
                    String.join(", ", scheduler.corrections()));
        }
        return new LatentDenoiser(
                (latents, timestep, states) -> unet.forward(latents, FloatTensor.scalar(timestep), states),
                scheduler.config(),
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
        int[] size = size(sampling);
        job.initialLatents().ifPresent(given -> check(given, sampling.images(), size));
        List<FloatTensor> all = new ArrayList<>();
        for (int image = 0; image < sampling.images(); image++) {
            float[] given = initial(job, image, size[0] * size[1] * size[2]);
            Trajectory trajectory = new Trajectory(job, image, scheduler, size, given);
            if (!run(trajectory, image, sampling.images(), size, listener)) {
                return Optional.empty();
            }
            all.add(tensor(trajectory, size));
        }
        return Optional.of(Rows.joined(all));
    }

    private boolean run(Trajectory trajectory, int image, int images, int[] size, StepListener listener) {
        FloatTensor states = trajectory.states();
        int steps = trajectory.steps();
        for (int i = 0; i < steps; i++) {
            FloatTensor output = network.predict(trajectory.input(i), trajectory.timestep(i), states);
            trajectory.step(i, output);
            DenoisingStep step = new DenoisingStep(
                    image, i, image * steps + i + 1, images * steps, output, tensor(trajectory, size));
            if (!listener.onStep(step)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Samples many jobs of one image with one call of the network a step: several times as fast where single images do
     * not fill the device. An image may differ in its last bits from the one that {@link #denoise} gives, because sums
     * over another batch size may run in another order; so this is for measuring many images and not for serving them.
     *
     * @param jobs all with the same settings but for the seed, of one image, with noise of their seeds
     * @return [jobs,C,h,w], in order
     * @throws DenoisingException if the latents of one stop being finite
     */
    public FloatTensor denoiseTogether(List<DenoisingJob> jobs) {
        Sampling first = jobs.get(0).sampling();
        jobs.forEach(job -> checkTogether(job, first));
        int[] size = size(first);
        List<Trajectory> trajectories = jobs.stream()
                .map(job -> new Trajectory(job, 0, scheduler, size, null))
                .toList();
        FloatTensor states =
                Rows.joined(trajectories.stream().map(Trajectory::states).toList());
        for (int step = 0; step < trajectories.get(0).steps(); step++) {
            int i = step;
            FloatTensor inputs =
                    Rows.joined(trajectories.stream().map(one -> one.input(i)).toList());
            FloatTensor output = network.predict(inputs, trajectories.get(0).timestep(i), states);
            List<FloatTensor> outputs = Rows.cut(output, jobs.size());
            for (int n = 0; n < jobs.size(); n++) {
                trajectories.get(n).step(i, outputs.get(n));
            }
        }
        return Rows.joined(trajectories.stream().map(one -> tensor(one, size)).toList());
    }

    private static void checkTogether(DenoisingJob job, Sampling first) {
        Sampling own = job.sampling();
        if (own.images() != 1
                || job.initialLatents().isPresent()
                || !own.equals(new Sampling(
                        own.seed(),
                        first.steps(),
                        first.guidanceScale(),
                        first.scheduler(),
                        1,
                        first.height(),
                        first.width()))) {
            throw new IllegalArgumentException("jobs that are sampled together must have one image, noise of their seed"
                    + " and the same settings as the first (" + first + ") but one has " + own);
        }
    }

    private static FloatTensor tensor(Trajectory trajectory, int[] size) {
        return FloatTensor.of(trajectory.latents(), 1, size[0], size[1], size[2]);
    }

    /** C, h and w. */
    private int[] size(Sampling sampling) {
        return new int[] {channels, sampling.height() / downscale, sampling.width() / downscale};
    }

    private static float[] initial(DenoisingJob job, int image, int size) {
        return job.initialLatents()
                .map(given -> Arrays.copyOfRange(given.data(), image * size, (image + 1) * size))
                .orElse(null);
    }

    private static void check(FloatTensor given, int images, int[] size) {
        long[] expected = {images, size[0], size[1], size[2]};
        if (!Arrays.equals(given.shape(), expected)) {
            throw new IllegalArgumentException("initial_latents must have shape " + Arrays.toString(expected)
                    + " but has " + Arrays.toString(given.shape()));
        }
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
