package io.surstream.models.adapter;

import io.surstream.models.ConfigFile;
import io.surstream.models.adapter.AdapterObjective.Direction;
import io.surstream.models.adapter.AdapterObjective.Reduction;
import io.surstream.models.initialization.FreshAdapter;
import io.surstream.models.unet.UNet2DConfig;
import io.surstream.schedulers.TorchGenerator;
import io.surstream.testsupport.fixtures.Golden;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.weights.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The small golden UNet with an invented adapter and invented batches. */
final class SmallTraining {
    static final int WIDTH = 24;
    static final int POSITIONS = 6;
    static final AdapterObjective ALL =
            new AdapterObjective(1, true, 0.02, 0.01, Reduction.REFERENCE, Direction.REFERENCE);

    private static final int TEACHER = 10;
    private static final Path UNET = Golden.folder("models/sd1-small").resolve("unet");
    static final UNet2DConfig CONFIG = UNet2DConfig.from(ConfigFile.read(UNET.resolve("config.json")));

    private SmallTraining() {}

    static AdapterTraining training(AdapterTrainingSettings settings, AdapterState state) {
        try (Weights weights = Checkpoint.open(UNET, "diffusion_pytorch_model")) {
            return new AdapterTraining(CONFIG, weights, DType.FP32, state, settings, TorchDevice.CPU);
        }
    }

    static AdapterTrainingSettings settings(AdapterObjective objective, double dropout, int accumulation) {
        return new AdapterTrainingSettings(
                SurAdapterConfig.of(0.3, AdapterLayout.TOKEN),
                dropout,
                objective,
                new AdamW(0.9, 0.999, 1e-4, 0.1, 0.05),
                accumulation);
    }

    static AdapterState state() {
        Map<String, FloatTensor> adapter = new FreshAdapter(WIDTH).weights(3);
        adapter.put("fc.weight", noise(4, WIDTH, WIDTH));
        return AdapterState.initial(
                SurAdapterWeights.trained(adapter), new FreshAdapter(WIDTH).resize(TEACHER, 5), true);
    }

    static AdapterTraining.Batch batch(int seed, long dropoutSeed) {
        return new AdapterTraining.Batch(
                Optional.of(new AdapterTraining.Denoising(
                        noise(10 + seed, 2, 4, 8, 8),
                        noise(20 + seed, 2, 4, 8, 8),
                        LongTensor.of(new long[] {100, 700}, 2),
                        FloatTensor.of(new float[] {1, 0.5f}, 2))),
                noise(30 + seed, 2, POSITIONS, WIDTH),
                noise(40 + seed, 2, POSITIONS, WIDTH),
                Optional.of(noise(50 + seed, 2, TEACHER)),
                List.of(dropoutSeed));
    }

    static FloatTensor noise(int seed, long... shape) {
        return FloatTensor.of(new TorchGenerator(seed).randn(shape), shape);
    }

    static double square(FloatTensor tensor) {
        double sum = 0;
        for (float x : tensor.data()) {
            sum += (double) x * x;
        }
        return sum;
    }
}
