package io.surstream.training.features;

import io.surstream.models.image.RgbImage;

/**
 * Resizes images with a triangle (bilinear) filter that widens when it shrinks, horizontally and then vertically,
 * rounding to 8 bits after each: what Pillow does, so that images come out as in the published training.
 */
final class Resample {
    private static final int PRECISION = 22;
    private static final int CHANNELS = 3;

    private Resample() {}

    /** @param weights fixed-point numbers with {@link #PRECISION} fractional bits, for the inputs from {@code first} on */
    private record Taps(int first, int[] weights) {}

    static RgbImage to(RgbImage image, int height, int width) {
        RgbImage wide = image.width() == width ? image : horizontally(image, width);
        return wide.height() == height ? wide : vertically(wide, height);
    }

    private static RgbImage horizontally(RgbImage image, int width) {
        Taps[] taps = taps(image.width(), width);
        byte[] out = new byte[image.height() * width * CHANNELS];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < width; x++) {
                int from = (y * image.width() + taps[x].first()) * CHANNELS;
                mix(image.rgb(), from, CHANNELS, taps[x].weights(), out, (y * width + x) * CHANNELS);
            }
        }
        return new RgbImage(image.height(), width, out);
    }

    private static RgbImage vertically(RgbImage image, int height) {
        Taps[] taps = taps(image.height(), height);
        int row = image.width() * CHANNELS;
        byte[] out = new byte[height * row];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < image.width(); x++) {
                int from = taps[y].first() * row + x * CHANNELS;
                mix(image.rgb(), from, row, taps[y].weights(), out, y * row + x * CHANNELS);
            }
        }
        return new RgbImage(height, image.width(), out);
    }

    /** One pixel of the result from pixels {@code step} bytes apart. */
    private static void mix(byte[] in, int from, int step, int[] weights, byte[] out, int to) {
        for (int c = 0; c < CHANNELS; c++) {
            int sum = 1 << (PRECISION - 1);
            for (int k = 0; k < weights.length; k++) {
                sum += weights[k] * (in[from + k * step + c] & 0xff);
            }
            out[to + c] = (byte) Math.max(0, Math.min(255, sum >> PRECISION));
        }
    }

    private static Taps[] taps(int in, int out) {
        double scale = (double) in / out;
        double radius = Math.max(scale, 1);
        Taps[] taps = new Taps[out];
        for (int i = 0; i < out; i++) {
            double centre = (i + 0.5) * scale;
            int first = Math.max(0, (int) (centre - radius + 0.5));
            int end = Math.min(in, (int) (centre + radius + 0.5));
            double[] triangle = new double[end - first];
            double sum = 0;
            for (int k = 0; k < triangle.length; k++) {
                triangle[k] = Math.max(0, 1 - Math.abs((first + k + 0.5 - centre) / radius));
                sum += triangle[k];
            }
            int[] weights = new int[triangle.length];
            for (int k = 0; k < weights.length; k++) {
                weights[k] = (int) Math.round(triangle[k] / sum * (1 << PRECISION));
            }
            taps[i] = new Taps(first, weights);
        }
        return taps;
    }
}
