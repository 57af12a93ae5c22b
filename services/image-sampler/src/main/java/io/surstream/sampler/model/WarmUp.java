package io.surstream.sampler.model;

import io.surstream.models.pipeline.DenoisingJob;
import io.surstream.models.pipeline.LatentDecoder;
import io.surstream.models.pipeline.LatentDenoiser;
import io.surstream.models.pipeline.Sampling;
import io.surstream.models.pipeline.SamplingRules;
import io.surstream.models.pipeline.StepListener;
import io.surstream.sampler.validation.ModelLimits;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.v1.SamplingSettings;
import java.util.Optional;

/** One step of one small image through both networks: the first forward of a script is much slower than the rest. */
public record WarmUp(LatentDenoiser denoiser, LatentDecoder decoder, SamplingRules rules, ModelLimits limits)
        implements Runnable {
    private static final int MOST_PIXELS_A_SIDE = 256;

    @Override
    public void run() {
        FloatTensor embeds = FloatTensor.zeros(1, limits.embedLength(), limits.embedWidth());
        int side = Math.min(MOST_PIXELS_A_SIDE, rules.defaults().height());
        Sampling sampling = rules.require(SamplingSettings.newBuilder()
                .setNumInferenceSteps(2)
                .setHeight(side)
                .setWidth(side)
                .build());
        denoiser.denoise(new DenoisingJob(embeds, embeds, sampling, Optional.empty()), StepListener.NONE)
                .ifPresent(decoder::decode);
    }
}
