package io.surstream.models.vae;

import io.surstream.torch.tensor.FloatTensor;

/**
 * A Gaussian over latents for each image, not scaled.
 *
 * @param mean [B,L,h,w]
 * @param logvar [B,L,h,w] logarithm of the variance, limited to [-30,20]
 * @param std [B,L,h,w]
 */
public record LatentDistribution(FloatTensor mean, FloatTensor logvar, FloatTensor std) {
    /**
     * mean + std · noise.
     *
     * @param noise [B,L,h,w] from a standard normal distribution
     */
    public FloatTensor sample(FloatTensor noise) {
        float[] out = mean.data().clone();
        if (noise.data().length != out.length) {
            throw new IllegalArgumentException("noise " + noise + " must have the shape of the mean " + mean);
        }
        for (int i = 0; i < out.length; i++) {
            out[i] += std.data()[i] * noise.data()[i];
        }
        return FloatTensor.of(out, mean.shape());
    }
}
