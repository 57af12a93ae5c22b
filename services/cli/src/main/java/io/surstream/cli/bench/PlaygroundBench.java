package io.surstream.cli.bench;

import io.surstream.contract.prompt.PromptLimits;
import io.surstream.models.ConfigFile;
import io.surstream.models.ModelFolder;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.pipeline.Sampling;
import io.surstream.models.pipeline.StepListener;
import io.surstream.models.pipeline.TextToImage;
import io.surstream.models.unet.UNet2DConditionModel;
import io.surstream.models.unet.UNet2DConfig;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.v1.SamplingSettings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Every part of one model's pipeline in this process: the playground's, or another one's that is given. */
final class PlaygroundBench {
    private static final String PROMPT = "2 heart, blue, side by side, white background, flat";
    private static final int STEPS = 20;

    private final String model;
    private final BenchReport report;

    PlaygroundBench(String model, BenchReport report) {
        this.model = model;
        this.report = report;
    }

    /** @param wanted which groups to measure */
    void run(Predicate<String> wanted) {
        ModelFolder folder = ModelResolver.standard(Map.of()).resolve(model);
        try (TextToImage pipeline = new TextToImage(folder, PromptLimits.STANDARD, DType.FP32, TorchDevice.CPU)) {
            if (wanted.test("tokenizer")) {
                var tokenizer = pipeline.embedder().tokenizer();
                measure(
                        "tokenizer",
                        "one prompt",
                        200,
                        1000,
                        () -> tokenizer.encode(PROMPT, pipeline.embedder().window()));
            }
            FloatTensor states = pipeline.embedder().embed(PROMPT).embeds();
            if (wanted.test("text-encoder")) {
                measure("text-encoder", "one prompt, fp32", 5, 100, () -> pipeline.embedder()
                        .embed(PROMPT));
            }
            if (wanted.test("unet")) {
                unet(folder, states);
            }
            Sampling sampling = Sampling.of(pipeline.rules().complete(SamplingSettings.getDefaultInstance()));
            if (wanted.test("vae")) {
                FloatTensor latents = latents(folder, 1);
                measure("vae", "decode " + sampling.width() + "x" + sampling.height(), 3, 50, () -> pipeline.decoder()
                        .decode(latents));
            }
            if (wanted.test("image")) {
                measure("image", STEPS + " steps, prompt to PNG", 1, 10, () -> image(pipeline));
            }
            if (wanted.test("threads")) {
                new ThreadsBench(report).run(10, () -> image(pipeline));
            }
        }
    }

    private static void image(TextToImage pipeline) {
        SamplingSettings request = SamplingSettings.newBuilder()
                .setSeed(7)
                .setNumInferenceSteps(STEPS)
                .build();
        pipeline.sample(PROMPT, "", request, Optional.empty(), StepListener.NONE);
    }

    private void unet(ModelFolder folder, FloatTensor states) {
        FloatTensor latents = latents(folder, 2);
        long[] shape = states.shape();
        FloatTensor pair = FloatTensor.zeros(2, shape[1], shape[2]);
        try (UNet2DConditionModel unet =
                UNet2DConditionModel.load(folder.component("unet"), DType.FP32, TorchDevice.CPU)) {
            measure("unet", "forward of 2, fp32", 5, 100, () -> unet.forward(latents, LongTensor.scalar(500), pair));
        }
    }

    private static FloatTensor latents(ModelFolder folder, int rows) {
        var config = UNet2DConfig.from(ConfigFile.read(folder.component("unet").resolve("config.json")));
        int side =
                ConfigFile.read(folder.component("unet").resolve("config.json")).count("sample_size", 64);
        return FloatTensor.zeros(rows, config.inChannels(), side, side);
    }

    private void measure(String group, String name, int warmUps, int runs, Runnable work) {
        report.add(Measurement.of(group, name, "ms", Stopwatch.millis(warmUps, runs, work)));
    }
}
