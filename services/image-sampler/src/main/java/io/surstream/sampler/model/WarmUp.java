package io.surstream.sampler.model;

import io.surstream.models.pipeline.DenoisingJob;
import io.surstream.models.pipeline.LatentDecoder;
import io.surstream.models.pipeline.LatentDenoiser;
import io.surstream.models.pipeline.Sampling;
import io.surstream.models.pipeline.SamplingRequest;
import io.surstream.models.pipeline.SamplingRules;
import io.surstream.models.pipeline.StepListener;
import io.surstream.torch.FloatTensor;
import java.util.Optional;

/** One step of one small picture through both networks: the first forward of a script is much slower than the rest. */
public record WarmUp(LatentDenoiser denoiser, LatentDecoder decoder, SamplingRules rules, long embedWidth)
        implements Runnable {
    private static final int TOKENS = 77;
    private static final int MOST_PIXELS_A_SIDE = 256;

    @Override
    public void run() {
        FloatTensor embeds = FloatTensor.zeros(1, TOKENS, embedWidth);
        int side = Math.min(MOST_PIXELS_A_SIDE, rules.defaults().height());
        Sampling sampling =
                rules.require(SamplingRequest.defaults().withSteps(2).withSize(side, side));
        denoiser.denoise(new DenoisingJob(embeds, embeds, sampling, Optional.empty()), StepListener.NONE)
                .ifPresent(decoder::decode);
    }
}
