package io.surstream.evaluation.measure;

import io.surstream.models.image.RgbImage;
import io.surstream.models.vae.AutoencoderKL;
import io.surstream.torch.tensor.FloatTensor;

/**
 * The mean of the autoencoder's latents, averaged over a grid: C channels × 4 × 4 cells, so that some hundred images
 * are enough for a covariance. It is the decoder's own space, in which blur, noise and colours off the palette show.
 * The autoencoder stays its owner's to close.
 */
public record LatentFeatures(AutoencoderKL autoencoder) implements ImageFeatures {
    private static final int GRID = 4;

    @Override
    public double[] of(RgbImage image) {
        FloatTensor mean = autoencoder.encode(image(image)).mean(); // [1,C,h,w]
        int channels = (int) mean.shape()[1];
        int height = (int) mean.shape()[2];
        int width = (int) mean.shape()[3];
        double[] sums = new double[channels * GRID * GRID];
        double[] counts = new double[sums.length];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int cell = (c * GRID + y * GRID / height) * GRID + x * GRID / width;
                    sums[cell] += mean.data()[(c * height + y) * width + x];
                    counts[cell]++;
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= Math.max(1, counts[i]);
        }
        return sums;
    }

    /** Bytes to [1,3,H,W] in −1..1. */
    private static FloatTensor image(RgbImage image) {
        int plane = image.height() * image.width();
        float[] values = new float[3 * plane];
        for (int p = 0; p < plane; p++) {
            for (int c = 0; c < 3; c++) {
                values[c * plane + p] = (image.rgb()[3 * p + c] & 0xff) / 127.5f - 1;
            }
        }
        return FloatTensor.of(values, 1, 3, image.height(), image.width());
    }
}
