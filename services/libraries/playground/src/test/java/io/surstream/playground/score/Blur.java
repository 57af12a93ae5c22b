package io.surstream.playground.score;

import io.surstream.playground.world.PlaygroundImage;
import java.util.Random;

/** What a small autoencoder does to images: a Gaussian blur and some noise (fixed seed). */
final class Blur {
    private static final int SIZE = PlaygroundImage.SIZE;
    private static final int REACH = 3;

    private Blur() {}

    static PlaygroundImage of(PlaygroundImage image, double sigma, double noise) {
        Random random = new Random(42);
        byte[] rgb = new byte[SIZE * SIZE * 3];
        for (int i = 0; i < rgb.length; i++) {
            double value = mean(image, i / 3 % SIZE, i / 3 / SIZE, i % 3, sigma) + noise * random.nextGaussian();
            rgb[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
        return new PlaygroundImage(rgb);
    }

    private static double mean(PlaygroundImage image, int x, int y, int channel, double sigma) {
        double sum = 0;
        double weights = 0;
        for (int dy = -REACH; dy <= REACH; dy++) {
            for (int dx = -REACH; dx <= REACH; dx++) {
                double weight = Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
                sum += weight * image.at(inside(x + dx), inside(y + dy), channel);
                weights += weight;
            }
        }
        return sum / weights;
    }

    private static int inside(int i) {
        return Math.max(0, Math.min(SIZE - 1, i));
    }
}
