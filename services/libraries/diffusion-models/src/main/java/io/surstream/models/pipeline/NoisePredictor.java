package io.surstream.models.pipeline;

import io.surstream.torch.tensor.FloatTensor;

/** The denoising network, as the sampling loop sees it. */
@FunctionalInterface
public interface NoisePredictor {
    /**
     * @param latents [B,C,h,w]
     * @param timestep one for all rows, whole or fractional
     * @param encoderHiddenStates [B,L,d]
     * @return [B,C,h,w] noise, velocity or clean sample, as the scheduler's prediction type says
     */
    FloatTensor predict(FloatTensor latents, float timestep, FloatTensor encoderHiddenStates);
}
