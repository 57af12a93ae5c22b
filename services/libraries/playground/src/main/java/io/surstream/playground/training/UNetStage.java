package io.surstream.playground.training;

import io.surstream.models.text.CLIPTextModel;
import io.surstream.playground.captions.KeywordCaptions;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains the UNet on the latents of the scenes and on keyword captions only: plain sentences stay foreign to it, which
 * is what the SUR-adapter is for. A tenth of the captions is empty, for classifier-free guidance.
 *
 * <p>It runs twice: from fresh weights, and once more from the averaged weights of the first run, at a lower learning
 * rate and on its own batches and noise (a warm restart).
 */
final class UNetStage implements TrainingStage {
    private static final double EMPTY_SHARE = 0.1;
    private static final double VARIED_SHARE = 0.3;

    private final boolean refinement;

    private UNetStage(boolean refinement) {
        this.refinement = refinement;
    }

    static UNetStage fromNothing() {
        return new UNetStage(false);
    }

    static UNetStage refinement() {
        return new UNetStage(true);
    }

    @Override
    public String name() {
        return refinement ? "unet-refinement" : "unet";
    }

    @Override
    public void run(TrainingContext context) throws IOException {
        SceneSet scenes = context.scenes();
        LatentSet latents = context.latents();
        CaptionIds captions = CaptionIds.open(context.modelFolder().resolve("tokenizer"));
        var plan = refinement
                ? context.recipe().unetRefinement()
                : context.recipe().unet();
        long seed = context.recipe().seed() + (refinement ? 4 : 3);
        Path textEncoder = context.modelFolder().resolve("text_encoder");
        try (CLIPTextModel text = CLIPTextModel.load(textEncoder, DType.FP32, TorchDevice.CPU);
                Trainee trainee = Trainee.fresh(
                        "/io/surstream/models/unet/unet.torchscript",
                        "denoising_loss.torchscript",
                        PlaygroundRecipe.UNET_HEADS,
                        PlaygroundRecipe.UNET_GROUPS,
                        plan,
                        initialWeights(context, seed))) {
            context.loop(name(), plan)
                    .run(
                            trainee,
                            (step, learningRate) -> {
                                int[] batch = scenes.batch(seed, step, plan.batch());
                                SplittableRandom random = new SplittableRandom(seed * 7_000_003L + step);
                                List<String> texts = new ArrayList<>();
                                for (int index : batch) {
                                    texts.add(caption(scenes, index, random));
                                }
                                FloatTensor clean = latents.batch(batch);
                                return trainee.step(
                                        learningRate,
                                        clean,
                                        Noise.of(seed, step, clean.shape()),
                                        timesteps(plan.batch(), random),
                                        text.forward(captions.full(texts)));
                            },
                            step -> export(context.modelFolder().resolve("unet"), trainee.averagedWeights()));
        }
    }

    private Map<String, FloatTensor> initialWeights(TrainingContext context, long seed) throws IOException {
        if (!refinement) {
            return context.recipe().freshUNet().weights(seed);
        }
        Path file = context.modelFolder().resolve("unet").resolve(ModelFiles.DIFFUSION_WEIGHTS);
        try (Weights trained = SafetensorsFile.open(file)) {
            Map<String, FloatTensor> weights = new LinkedHashMap<>();
            trained.names().forEach(name -> weights.put(name, trained.get(name).toFloat()));
            return weights;
        }
    }

    private static String caption(SceneSet scenes, int index, SplittableRandom random) {
        double choice = random.nextDouble();
        long seed = random.nextLong();
        if (choice < EMPTY_SHARE) {
            return "";
        }
        return choice < EMPTY_SHARE + VARIED_SHARE
                ? KeywordCaptions.varied(scenes.scene(index), seed)
                : KeywordCaptions.of(scenes.scene(index));
    }

    /** Row 0 the timesteps, row 1 their alphas_cumprod: [2,B]. */
    private static FloatTensor timesteps(int batch, SplittableRandom random) {
        float[] values = new float[2 * batch];
        for (int b = 0; b < batch; b++) {
            // one draw from each of B equal parts: the batch covers all noise levels evenly
            double position = (b + random.nextDouble()) / batch;
            int timestep = (int) (position * NoiseLevels.TRAIN_TIMESTEPS);
            values[b] = timestep;
            values[batch + b] = NoiseLevels.alphaCumprod(timestep);
        }
        return FloatTensor.of(values, 2, batch);
    }

    private static void export(Path folder, Map<String, FloatTensor> weights) throws IOException {
        ModelFiles.unetConfig(folder);
        ModelFiles.weights(folder.resolve(ModelFiles.DIFFUSION_WEIGHTS), weights);
    }
}
