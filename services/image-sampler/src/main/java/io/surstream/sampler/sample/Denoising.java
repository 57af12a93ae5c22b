package io.surstream.sampler.sample;

import io.surstream.models.pipeline.DenoisingJob;
import io.surstream.models.pipeline.StepListener;
import io.surstream.torch.tensor.FloatTensor;
import java.util.Optional;

/** UNet and scheduler, as this service sees them. Thread-safe. */
@FunctionalInterface
public interface Denoising {
    /**
     * Latents [N, C, h, w] of all images of the job, or empty when the listener stopped it. The job alone decides the
     * numbers: never what else is being sampled.
     */
    Optional<FloatTensor> denoise(DenoisingJob job, StepListener listener);
}
