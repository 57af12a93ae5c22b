package io.surstream.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.models.ConfigFile;
import io.surstream.models.ModelFolder;
import io.surstream.models.adapter.AdapterState;
import io.surstream.models.adapter.AdapterTraining;
import io.surstream.models.adapter.SurAdapterWeights;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.initialization.FreshAdapter;
import io.surstream.models.text.CLIPTextModel;
import io.surstream.models.text.ClipTextConfig;
import io.surstream.models.text.ClipTextWeights;
import io.surstream.models.unet.UNet2DConfig;
import io.surstream.models.unet.UNetWeights;
import io.surstream.models.vae.AutoencoderKL;
import io.surstream.models.vae.AutoencoderKLConfig;
import io.surstream.models.vae.AutoencoderKLWeights;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.weights.Weights;
import io.surstream.training.run.AdapterRun;
import io.surstream.training.settings.TrainingSettings;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The adapter's training with features that were computed once and micro-batches together as in a run, against
 * the published script's way of working, which runs the autoencoder and the text encoder (for both prompts) again for
 * each example. Batch 1, 4 micro-batches a step; the same libtorch, number format and step for both, and constant
 * inputs in memory: reading features from disk, drawing noise and decoding images are left out.
 */
final class TrainingBench {
    private static final int TEACHER_WIDTH = 5120; // LLaMA 13B
    private static final TrainingSettings SETTINGS = TrainingSettings.defaults();

    private final BenchReport report;

    TrainingBench(BenchReport report) {
        this.report = report;
    }

    /** Networks of one size; what is opened late is only needed by the published way. */
    private record Subject(
            String group,
            String name,
            UNet2DConfig unet,
            Weights unetWeights,
            Supplier<CLIPTextModel> text,
            Supplier<AutoencoderKL> autoencoder,
            DType dtype,
            int positions,
            int latentSide,
            int downscale) {
        int width() {
            return unet.contextWidth().get(0);
        }

        /** Micro-batches of 1 that a run of this size takes together. */
        int together() {
            return Math.min(SETTINGS.gradientAccumulationSteps(), AdapterRun.together((long) latentSide * latentSide));
        }
    }

    /** A model with its weights, fp32. */
    void real(String reference, int rounds) {
        ModelFolder folder = ModelResolver.standard(Map.of()).resolve(reference);
        ConfigFile unet = ConfigFile.read(folder.component("unet").resolve("config.json"));
        ConfigFile text = ConfigFile.read(folder.component("text_encoder").resolve("config.json"));
        ConfigFile vae = ConfigFile.read(folder.component("vae").resolve("config.json"));
        try (Weights weights = Checkpoint.open(folder.component("unet"), "diffusion_pytorch_model")) {
            measure(
                    new Subject(
                            "training",
                            folder.name() + ", fp32",
                            UNet2DConfig.from(unet),
                            weights,
                            () -> CLIPTextModel.load(folder.component("text_encoder"), DType.FP32, TorchDevice.CPU),
                            () -> AutoencoderKL.load(folder.component("vae"), DType.FP32, TorchDevice.CPU),
                            DType.FP32,
                            ClipTextConfig.from(text).maxPositions(),
                            unet.count("sample_size", 64),
                            AutoencoderKLConfig.from(vae).downscale()),
                    rounds);
        }
    }

    /** Networks of Stable Diffusion 1.5's size with random weights, bf16. */
    void random(int resolution, int rounds) {
        UNet2DConfig unet =
                UNet2DConfig.from(config("UNet2DConditionModel", json -> json.put("cross_attention_dim", 768)));
        ClipTextConfig text = ClipTextConfig.from(config("CLIPTextModel", json -> json.put("hidden_size", 768)
                .put("intermediate_size", 3072)
                .put("num_attention_heads", 12)));
        AutoencoderKLConfig vae = AutoencoderKLConfig.from(config("AutoencoderKL", json -> {
            json.put("layers_per_block", 2);
            List.of(128, 256, 512, 512).forEach(json.withArray("block_out_channels")::add);
        }));
        measure(
                new Subject(
                        "training-" + resolution,
                        "SD 1.5 size, bf16",
                        unet,
                        new BenchWeights(UNetWeights.of(unet).asMap()),
                        () -> CLIPTextModel.of(
                                text,
                                new BenchWeights(ClipTextWeights.of(text).asMap()),
                                "random weights",
                                DType.BF16,
                                TorchDevice.CPU),
                        () -> AutoencoderKL.of(
                                vae,
                                new BenchWeights(AutoencoderKLWeights.of(vae).asMap()),
                                "random weights",
                                DType.BF16,
                                TorchDevice.CPU),
                        DType.BF16,
                        text.maxPositions(),
                        resolution / vae.downscale(),
                        vae.downscale()),
                rounds);
    }

    private static ConfigFile config(String className, Consumer<ObjectNode> fields) {
        ObjectNode json = new ObjectMapper().createObjectNode().put("_class_name", className);
        fields.accept(json);
        return ConfigFile.of("Stable Diffusion 1.5", json);
    }

    private void measure(Subject subject, int rounds) {
        FreshAdapter adapter = new FreshAdapter(subject.width());
        AdapterState state = AdapterState.initial(
                SurAdapterWeights.trained(adapter.weights(7)), adapter.resize(TEACHER_WIDTH, 7), false);
        AdapterTraining.Batch batch = batch(subject, 1);
        AdapterTraining.Batch together = batch(subject, subject.together());
        try (AdapterTraining training = new AdapterTraining(
                subject.unet(), subject.unetWeights(), subject.dtype(), state, SETTINGS.step(), TorchDevice.CPU)) {
            Runnable frozenOnce = step(training, () -> together);
            PeakMemory.forget();
            frozenOnce.run();
            peak(subject, "frozen once");
            try (CLIPTextModel text = subject.text().get();
                    AutoencoderKL autoencoder = subject.autoencoder().get()) {
                Runnable published = step(training, () -> recomputed(subject, text, autoencoder, batch));
                published.run();
                peak(subject, "published way");
                compare(subject, frozenOnce, published, rounds);
            }
        }
    }

    /** Alternating, so that other load on the machine falls on both. */
    private void compare(Subject subject, Runnable frozenOnce, Runnable published, int rounds) {
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ours[i] = examplesPerSecond(frozenOnce);
            theirs[i] = examplesPerSecond(published);
        }
        report.add(Measurement.of(subject.group(), subject.name() + ", frozen once", "examples/s", ours));
        report.add(Measurement.of(subject.group(), subject.name() + ", published way", "examples/s", theirs));
    }

    private static double examplesPerSecond(Runnable step) {
        return 1000 * SETTINGS.gradientAccumulationSteps() / Stopwatch.millis(0, 1, step)[0];
    }

    private void peak(Subject subject, String way) {
        report.add(Measurement.of(
                subject.group(), subject.name() + ", peak, " + way, "MB", new double[] {PeakMemory.megabytes()}));
    }

    private static Runnable step(AdapterTraining training, Supplier<AdapterTraining.Batch> batches) {
        return () -> {
            int left = SETTINGS.gradientAccumulationSteps();
            while (left > 0) {
                AdapterTraining.Batch batch = batches.get();
                training.accumulate(batch);
                left -= batch.microBatches();
            }
            training.update(1, SETTINGS.learningRate().peak(), 0);
        };
    }

    private static AdapterTraining.Batch batch(Subject subject, int rows) {
        int side = subject.latentSide();
        long[] timesteps = new long[rows];
        Arrays.fill(timesteps, 500);
        return new AdapterTraining.Batch(
                Optional.of(new AdapterTraining.Denoising(
                        filled(rows, 4, side, side),
                        filled(rows, 4, side, side),
                        LongTensor.of(timesteps, rows),
                        filled(rows))),
                filled(rows, subject.positions(), subject.width()),
                filled(rows, subject.positions(), subject.width()),
                Optional.of(filled(rows, TEACHER_WIDTH)),
                Collections.nCopies(rows, 7L));
    }

    /** What the published script computes again for each example, then the same step. */
    private static AdapterTraining.Batch recomputed(
            Subject subject, CLIPTextModel text, AutoencoderKL autoencoder, AdapterTraining.Batch batch) {
        int pixels = subject.latentSide() * subject.downscale();
        FloatTensor latents = autoencoder.encode(filled(1, 3, pixels, pixels)).mean();
        LongTensor ids = LongTensor.zeros(1, subject.positions());
        AdapterTraining.Denoising same = batch.denoising().orElseThrow();
        return new AdapterTraining.Batch(
                Optional.of(
                        new AdapterTraining.Denoising(latents, same.target(), same.timesteps(), same.sampleWeights())),
                text.forward(ids),
                text.forward(ids),
                batch.teacher(),
                batch.dropoutSeeds());
    }

    private static FloatTensor filled(long... shape) {
        FloatTensor tensor = FloatTensor.zeros(shape);
        Arrays.fill(tensor.data(), 0.5f);
        return tensor;
    }
}
