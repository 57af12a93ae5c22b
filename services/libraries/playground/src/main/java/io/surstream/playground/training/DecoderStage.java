package io.surstream.playground.training;

import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains the autoencoder's decoder on while the encoder stays as it is. The latents do not change, so that this stage
 * and the UNet's may run side by side, in either order.
 */
final class DecoderStage implements TrainingStage {
    @Override
    public String name() {
        return "decoder";
    }

    @Override
    public void run(TrainingContext context) throws IOException {
        SceneSet scenes = context.scenes();
        Path folder = context.modelFolder().resolve("vae");
        Map<String, FloatTensor> autoencoder = read(folder);
        LatentSet latents = context.latents();
        var plan = context.recipe().decoder();
        long seed = context.recipe().seed() + 4;
        try (Trainee trainee = Trainee.fresh(
                "/io/surstream/models/vae/vae.torchscript",
                "decoder_loss.torchscript",
                List.of(1),
                PlaygroundRecipe.VAE_GROUPS,
                plan,
                decoderOf(autoencoder))) {
            context.loop(name(), plan)
                    .run(
                            trainee,
                            (step, learningRate) -> {
                                int[] batch = scenes.batch(seed, step, plan.batch());
                                FloatTensor clean = latents.batch(batch);
                                return trainee.step(
                                        learningRate,
                                        scenes.pixels(batch),
                                        scenes.backgrounds(batch),
                                        clean,
                                        Noise.of(seed, step, clean.shape()));
                            },
                            step -> {
                                Map<String, FloatTensor> whole = new LinkedHashMap<>(autoencoder);
                                whole.putAll(trainee.averagedWeights());
                                ModelFiles.weights(folder.resolve(ModelFiles.DIFFUSION_WEIGHTS), whole);
                            });
        }
    }

    private static Map<String, FloatTensor> read(Path folder) {
        Map<String, FloatTensor> weights = new LinkedHashMap<>();
        try (Weights file = SafetensorsFile.open(folder.resolve(ModelFiles.DIFFUSION_WEIGHTS))) {
            file.names().forEach(name -> weights.put(name, file.get(name).toFloat()));
        }
        return weights;
    }

    private static Map<String, FloatTensor> decoderOf(Map<String, FloatTensor> autoencoder) {
        Map<String, FloatTensor> decoder = new LinkedHashMap<>(autoencoder);
        decoder.keySet().removeIf(name -> !name.startsWith("decoder.") && !name.startsWith("post_quant_conv."));
        return decoder;
    }
}
