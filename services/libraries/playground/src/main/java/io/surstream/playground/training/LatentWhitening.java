package io.surstream.playground.training;

import io.surstream.torch.tensor.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Folds a whitening of the latents into the 1×1 convolutions around them, so that the autoencoder decodes to the very
 * same images and the UNet sees white latents. The log-variances become constants: a mixture of channels has no
 * exact one per channel, and nothing after the training uses more than their size.
 */
final class LatentWhitening {
    private static final double LOG_VARIANCE = 2 * Math.log(0.02);

    private LatentWhitening() {}

    static Map<String, FloatTensor> fold(Map<String, FloatTensor> weights, Whitening whitening) {
        Map<String, FloatTensor> folded = new LinkedHashMap<>(weights);
        foldIntoQuantConv(folded, whitening);
        foldIntoPostQuantConv(folded, whitening);
        return folded;
    }

    /** y = W (Q h + q − μ): weight W Q, bias W (q − μ), for the first n of the 2n rows. */
    private static void foldIntoQuantConv(Map<String, FloatTensor> weights, Whitening whitening) {
        int n = whitening.mean().length;
        float[] q = weights.get("quant_conv.weight").data();
        float[] bias = weights.get("quant_conv.bias").data();
        int in = q.length / (2 * n);
        float[] newWeight = new float[q.length];
        float[] newBias = new float[2 * n];
        for (int i = 0; i < n; i++) {
            double shift = 0;
            for (int j = 0; j < n; j++) {
                double w = whitening.matrix()[i][j];
                shift += w * (bias[j] - whitening.mean()[j]);
                for (int k = 0; k < in; k++) {
                    newWeight[i * in + k] += (float) (w * q[j * in + k]);
                }
            }
            newBias[i] = (float) shift;
            newBias[n + i] = (float) LOG_VARIANCE;
        }
        weights.put("quant_conv.weight", FloatTensor.of(newWeight, 2 * n, in, 1, 1));
        weights.put("quant_conv.bias", FloatTensor.of(newBias, 2 * n));
    }

    /** P (W⁻¹ y + μ) + p: weight P W⁻¹, bias P μ + p. */
    private static void foldIntoPostQuantConv(Map<String, FloatTensor> weights, Whitening whitening) {
        int n = whitening.mean().length;
        double[][] inverse = whitening.inverse();
        float[] p = weights.get("post_quant_conv.weight").data();
        float[] bias = weights.get("post_quant_conv.bias").data();
        float[] newWeight = new float[n * n];
        float[] newBias = new float[n];
        for (int i = 0; i < n; i++) {
            double shift = bias[i];
            for (int j = 0; j < n; j++) {
                shift += p[i * n + j] * whitening.mean()[j];
                for (int k = 0; k < n; k++) {
                    newWeight[i * n + k] += (float) (p[i * n + j] * inverse[j][k]);
                }
            }
            newBias[i] = (float) shift;
        }
        weights.put("post_quant_conv.weight", FloatTensor.of(newWeight, n, n, 1, 1));
        weights.put("post_quant_conv.bias", FloatTensor.of(newBias, n));
    }
}
