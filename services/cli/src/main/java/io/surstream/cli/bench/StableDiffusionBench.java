package io.surstream.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.models.ConfigFile;
import io.surstream.models.unet.UNet2DConditionModel;
import io.surstream.models.unet.UNet2DConfig;
import io.surstream.models.unet.UNetWeights;
import io.surstream.torch.CheckpointLoadTiming;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What depends on the size of Stable Diffusion 1.5 and not on its weights: forwards and loading. */
final class StableDiffusionBench {
    private static final int TENSORS = 686;
    private static final long CHECKPOINT_BYTES = 3_438_000_000L;

    private final BenchReport report;

    StableDiffusionBench(BenchReport report) {
        this.report = report;
    }

    /** Random weights, batch 2 as with guidance, 77 tokens. */
    void forward(DType dtype, int latentSide, int runs) {
        // What the config leaves open is what Stable Diffusion 1.5 has; only the text width must be said.
        UNet2DConfig config = UNet2DConfig.from(ConfigFile.of(
                "Stable Diffusion 1.5",
                new ObjectMapper()
                        .createObjectNode()
                        .put("_class_name", "UNet2DConditionModel")
                        .put("cross_attention_dim", 768)));
        FloatTensor latents = FloatTensor.zeros(2, 4, latentSide, latentSide);
        FloatTensor states = FloatTensor.zeros(2, 77, 768);
        try (UNet2DConditionModel unet = UNet2DConditionModel.of(
                config, new BenchWeights(UNetWeights.of(config).asMap()), "random weights", dtype, TorchDevice.CPU)) {
            double[] millis = Stopwatch.millis(1, runs, () -> unet.forward(latents, LongTensor.scalar(500), states));
            report.add(Measurement.of(
                    "sd15",
                    "UNet forward of 2, " + latentSide + "x" + latentSide + ", "
                            + dtype.name().toLowerCase(),
                    "ms",
                    millis));
        }
    }

    /** A checkpoint of 3.4 GB, from its path to a script that can run. */
    void load() throws IOException {
        Path folder = Files.createTempDirectory("surstream-bench");
        try {
            double[] seconds = new double[3];
            for (int i = 0; i < seconds.length; i++) {
                seconds[i] = CheckpointLoadTiming.measure(folder, TENSORS, CHECKPOINT_BYTES, DType.FP32)
                        .seconds();
            }
            report.add(Measurement.of("load", "3.4 GB checkpoint, ready to run", "s", seconds));
        } finally {
            Files.delete(folder);
        }
    }
}
