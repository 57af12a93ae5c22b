package io.surstream.playground.training;

import io.surstream.models.vae.AutoencoderKL;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.IntStream;

/** The scenes' latents, encoded once: [N,4,16,16], the mean of the autoencoder's Gaussian. */
record LatentSet(float[] latents) {
    private static final int BATCH = 50;
    private static final int SIZE =
            PlaygroundRecipe.LATENT_CHANNELS * PlaygroundRecipe.LATENT_SIZE * PlaygroundRecipe.LATENT_SIZE;

    private static final String NAME = "latents";

    /** Reads the latents from {@code file}, or encodes the scenes and writes it. */
    static LatentSet of(Path autoencoder, SceneSet scenes, Path file, TrainingProgress progress) throws IOException {
        if (!Files.exists(file)) {
            progress.note("encoding " + scenes.size() + " scenes");
            float[] latents = encode(autoencoder, scenes, scenes.size());
            Path partial = file.resolveSibling(file.getFileName() + ".partial");
            SafetensorsWriter.write(
                    partial, Map.of(NAME, FloatTensor.of(latents, scenes.size(), SIZE)), Map.of(), DType.FP32);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        try (Weights stored = SafetensorsFile.open(file)) {
            return new LatentSet(stored.get(NAME).toFloat().data());
        }
    }

    /** The first {@code count} scenes' latents, [count,4,16,16]. */
    static float[] encode(Path autoencoder, SceneSet scenes, int count) throws IOException {
        float[] latents = new float[count * SIZE];
        try (AutoencoderKL vae = AutoencoderKL.load(autoencoder, DType.FP32, TorchDevice.CPU)) {
            for (int start = 0; start < count; start += BATCH) {
                int end = Math.min(count, start + BATCH);
                float[] mean = vae.encode(
                                scenes.pixels(IntStream.range(start, end).toArray()))
                        .mean()
                        .data();
                System.arraycopy(mean, 0, latents, start * SIZE, mean.length);
            }
        }
        return latents;
    }

    /** [B,4,16,16] of the chosen scenes. */
    FloatTensor batch(int[] indices) {
        float[] values = new float[indices.length * SIZE];
        for (int b = 0; b < indices.length; b++) {
            System.arraycopy(latents, indices[b] * SIZE, values, b * SIZE, SIZE);
        }
        return FloatTensor.of(
                values,
                indices.length,
                PlaygroundRecipe.LATENT_CHANNELS,
                PlaygroundRecipe.LATENT_SIZE,
                PlaygroundRecipe.LATENT_SIZE);
    }
}
