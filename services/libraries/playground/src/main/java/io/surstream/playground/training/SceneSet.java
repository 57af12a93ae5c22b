package io.surstream.playground.training;

import io.surstream.playground.world.PlaygroundImage;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneRenderer;
import io.surstream.playground.world.SceneSpace;
import io.surstream.torch.tensor.FloatTensor;
import java.util.List;
import java.util.SplittableRandom;

/** The training scenes, each drawn when it is first looked at and then kept as bytes (12 KB). Owned by one thread. */
final class SceneSet {
    private final Scene[] scenes;
    private final long[] seeds;
    private final byte[][] pixels;

    SceneSet(int count, long seed) {
        List<Scene> training = SceneSpace.training();
        SplittableRandom random = new SplittableRandom(seed);
        scenes = new Scene[count];
        seeds = new long[count];
        pixels = new byte[count][];
        for (int i = 0; i < count; i++) {
            scenes[i] = training.get(random.nextInt(training.size()));
            seeds[i] = random.nextLong();
        }
    }

    int size() {
        return scenes.length;
    }

    Scene scene(int index) {
        return scenes[index];
    }

    /** Pixels of the chosen scenes as [B,3,64,64] in -1..1. */
    FloatTensor pixels(int[] indices) {
        byte[][] chosen = new byte[indices.length][];
        for (int b = 0; b < indices.length; b++) {
            int index = indices[b];
            if (pixels[index] == null) {
                pixels[index] = SceneRenderer.render(scenes[index], seeds[index]);
            }
            chosen[b] = pixels[index];
        }
        return toTensor(chosen);
    }

    /** RGB rows to planes: [B,3,64,64] in -1..1. */
    static FloatTensor toTensor(byte[][] rgb) {
        int plane = PlaygroundImage.SIZE * PlaygroundImage.SIZE;
        float[] values = new float[rgb.length * 3 * plane];
        for (int b = 0; b < rgb.length; b++) {
            for (int p = 0; p < plane; p++) {
                for (int c = 0; c < 3; c++) {
                    values[(b * 3 + c) * plane + p] = (rgb[b][3 * p + c] & 0xff) / 127.5f - 1f;
                }
            }
        }
        return FloatTensor.of(values, rgb.length, 3, PlaygroundImage.SIZE, PlaygroundImage.SIZE);
    }

    /** Background colours of the chosen scenes as [B,3] in -1..1. */
    FloatTensor backgrounds(int[] indices) {
        float[] values = new float[3 * indices.length];
        for (int b = 0; b < indices.length; b++) {
            var rgb = scenes[indices[b]].background().rgb();
            values[3 * b] = rgb.red() / 127.5f - 1f;
            values[3 * b + 1] = rgb.green() / 127.5f - 1f;
            values[3 * b + 2] = rgb.blue() / 127.5f - 1f;
        }
        return FloatTensor.of(values, indices.length, 3);
    }

    /** The batch of a step: a pure function of seed and step, so that a resumed run sees the same one. */
    int[] batch(long seed, int step, int size) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + step);
        int[] indices = new int[size];
        for (int b = 0; b < size; b++) {
            indices[b] = random.nextInt(scenes.length);
        }
        return indices;
    }
}
