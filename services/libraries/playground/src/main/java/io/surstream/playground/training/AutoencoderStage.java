package io.surstream.playground.training;

import io.surstream.playground.world.PlaygroundImage;
import io.surstream.torch.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Trains the AutoencoderKL and makes its latents white: zero mean, unit variance, no correlation between channels.
 * (On raw latents a small UNet draws no colours at all; see the playground's notes.)
 */
final class AutoencoderStage implements TrainingStage {
    private static final int PATCH = PlaygroundImage.SIZE / PlaygroundRecipe.LATENT_SIZE;
    private static final int STATISTICS_SCENES = 2_000;

    @Override
    public String name() {
        return "autoencoder";
    }

    @Override
    public void run(TrainingContext context) throws IOException {
        SceneSet scenes = context.scenes();
        var plan = context.recipe().autoencoder();
        FloatTensor whitening = colourWhitening(scenes);
        long seed = context.recipe().seed() + 2;
        try (Trainee trainee = Trainee.fresh(
                "/io/surstream/models/vae/vae.torchscript",
                "autoencoder_loss.torchscript",
                List.of(1),
                PlaygroundRecipe.VAE_GROUPS,
                plan,
                context.recipe().freshAutoencoder().weights(seed))) {
            context.loop(name(), plan)
                    .run(
                            trainee,
                            (step, learningRate) -> {
                                int[] batch = scenes.batch(seed, step, plan.batch());
                                return trainee.step(
                                        learningRate,
                                        scenes.pixels(batch),
                                        scenes.backgrounds(batch),
                                        whitening,
                                        latentNoise(seed, step, plan.batch()));
                            },
                            step -> export(context, scenes, trainee.averagedWeights()));
        }
    }

    private static FloatTensor latentNoise(long seed, int step, int batch) {
        return Noise.of(
                seed,
                step,
                batch,
                PlaygroundRecipe.LATENT_CHANNELS,
                PlaygroundRecipe.LATENT_SIZE,
                PlaygroundRecipe.LATENT_SIZE);
    }

    /** W and −W μ of the mean colours of the images' 4×4 patches: [3,4]. */
    private static FloatTensor colourWhitening(SceneSet scenes) {
        var moments = new Whitening.Moments(3);
        for (int i = 0; i < Math.min(STATISTICS_SCENES, scenes.size()); i++) {
            float[] pixels = scenes.pixels(new int[] {i}).data();
            for (int patch = 0; patch < PlaygroundRecipe.LATENT_SIZE * PlaygroundRecipe.LATENT_SIZE; patch++) {
                moments.add(meanColour(pixels, patch));
            }
        }
        Whitening whitening = moments.whitening();
        float[] rows = new float[12];
        for (int i = 0; i < 3; i++) {
            double shift = 0;
            for (int j = 0; j < 3; j++) {
                rows[4 * i + j] = (float) whitening.matrix()[i][j];
                shift -= whitening.matrix()[i][j] * whitening.mean()[j];
            }
            rows[4 * i + 3] = (float) shift;
        }
        return FloatTensor.of(rows, 3, 4);
    }

    private static double[] meanColour(float[] pixels, int patch) {
        int top = patch / PlaygroundRecipe.LATENT_SIZE * PATCH;
        int left = patch % PlaygroundRecipe.LATENT_SIZE * PATCH;
        double[] mean = new double[3];
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < PATCH; y++) {
                for (int x = 0; x < PATCH; x++) {
                    mean[c] += pixels[(c * PlaygroundImage.SIZE + top + y) * PlaygroundImage.SIZE + left + x];
                }
            }
            mean[c] /= PATCH * PATCH;
        }
        return mean;
    }

    private static void export(TrainingContext context, SceneSet scenes, Map<String, FloatTensor> weights)
            throws IOException {
        context.forgetLatents();
        Path folder = context.modelFolder().resolve("vae");
        ModelFiles.autoencoderConfig(folder);
        Path file = folder.resolve(ModelFiles.DIFFUSION_WEIGHTS);
        ModelFiles.weights(file, weights);
        Whitening latents = latentWhitening(folder, scenes);
        ModelFiles.weights(file, LatentWhitening.fold(weights, latents));
    }

    private static Whitening latentWhitening(Path folder, SceneSet scenes) throws IOException {
        var moments = new Whitening.Moments(PlaygroundRecipe.LATENT_CHANNELS);
        int plane = PlaygroundRecipe.LATENT_SIZE * PlaygroundRecipe.LATENT_SIZE;
        float[] latents = LatentSet.encode(folder, scenes, Math.min(STATISTICS_SCENES, scenes.size()));
        double[] vector = new double[PlaygroundRecipe.LATENT_CHANNELS];
        for (int b = 0; b < latents.length / (plane * vector.length); b++) {
            for (int p = 0; p < plane; p++) {
                for (int c = 0; c < vector.length; c++) {
                    vector[c] = latents[(b * vector.length + c) * plane + p];
                }
                moments.add(vector);
            }
        }
        return moments.whitening();
    }
}
