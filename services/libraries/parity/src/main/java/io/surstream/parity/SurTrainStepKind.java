package io.surstream.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.models.ConfigFile;
import io.surstream.models.adapter.AdamW;
import io.surstream.models.adapter.AdapterLayout;
import io.surstream.models.adapter.AdapterObjective;
import io.surstream.models.adapter.AdapterState;
import io.surstream.models.adapter.AdapterTraining;
import io.surstream.models.adapter.AdapterTrainingSettings;
import io.surstream.models.adapter.SurAdapterConfig;
import io.surstream.models.adapter.SurAdapterWeights;
import io.surstream.models.unet.UNet2DConfig;
import io.surstream.schedulers.NoiseSchedule;
import io.surstream.schedulers.SchedulerConfig;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Three steps of the adapter's training on one batch: losses, gradients of the first, parameters after the first and third. */
record SurTrainStepKind(TorchDevice device) implements ParityKind {
    private static final int STEPS = 3;
    private static final int LOSSES = 5;
    // all cases of this kind train on Stable Diffusion's noise process
    private static final SchedulerConfig STABLE_DIFFUSION = SchedulerConfig.parse("""
            {"_class_name": "DDPMScheduler", "beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}
            """);

    @Override
    public String kind() {
        return "sur-train-step";
    }

    @Override
    public Map<String, HostTensor> run(CaseFolder folder) {
        Map<String, HostTensor> got = new LinkedHashMap<>();
        Path unet = folder.file("unet");
        UNet2DConfig config = UNet2DConfig.from(ConfigFile.read(unet.resolve("config.json")));
        try (Weights inputs = SafetensorsFile.open(folder.file("inputs_file"));
                Weights weights = SafetensorsFile.open(unet.resolve("diffusion_pytorch_model.safetensors"));
                Weights adapter = SafetensorsFile.open(folder.file("adapter"));
                AdapterTraining training = new AdapterTraining(
                        config,
                        weights,
                        DType.FP32,
                        AdapterState.initial(SurAdapterWeights.trained(adapter, folder.path()), resize(inputs), false),
                        settings(folder.params()),
                        device)) {
            train(training, folder.params(), batch(inputs, folder.params()), got);
        }
        return got;
    }

    private static void train(
            AdapterTraining training, JsonNode params, AdapterTraining.Batch batch, Map<String, HostTensor> got) {
        double lr = params.path("lr").asDouble();
        float[] losses = new float[STEPS * LOSSES];
        for (int step = 1; step <= STEPS; step++) {
            AdapterTraining.Result result = training.accumulate(batch);
            if (step == 1) {
                got.put("noisy_latents", batch.denoising().orElseThrow().noisyLatents());
                got.put("llm_resized", result.teacherResized().orElseThrow());
                got.put("model_pred", result.modelOutput().orElseThrow());
                got.put("adapter_out", result.adapterOut());
                got.put("adapter_encoder_out", result.encoderOut());
                training.gradients().forEach((name, gradient) -> got.put("step1.grad." + name, gradient));
            }
            float norm = training.update(step, lr, 0);
            float[] row = {result.total(), result.denoising(), result.llm(), result.prompt(), norm};
            System.arraycopy(row, 0, losses, (step - 1) * LOSSES, LOSSES);
            String prefix = "step" + step + ".param.";
            training.state().parameters().forEach((name, parameter) -> got.put(prefix + name, parameter));
        }
        got.put("losses", FloatTensor.of(losses, STEPS, LOSSES));
    }

    private static AdapterTrainingSettings settings(JsonNode params) {
        return new AdapterTrainingSettings(
                new SurAdapterConfig(
                        params.path("adapter_weight").asDouble(),
                        AdapterLayout.parse(params.path("layout").asText()),
                        params.path("nhead").asInt(8),
                        params.path("layer_norm_eps").asDouble(1e-5)),
                0,
                new AdapterObjective(
                        1,
                        params.path("denoising_gradient").asBoolean(true),
                        params.path("llm_weight").asDouble(),
                        params.path("prompt_weight").asDouble(),
                        AdapterObjective.Reduction.REFERENCE,
                        AdapterObjective.Direction.REFERENCE),
                new AdamW(
                        params.path("betas").path(0).asDouble(0.9),
                        params.path("betas").path(1).asDouble(0.999),
                        params.path("eps").asDouble(1e-8),
                        params.path("weight_decay").asDouble(),
                        params.path("max_grad_norm").asDouble()),
                1);
    }

    private static AdapterTraining.Batch batch(Weights inputs, JsonNode params) {
        NoiseSchedule schedule = NoiseSchedule.of(STABLE_DIFFUSION);
        FloatTensor latents = inputs.get("latents").toFloat();
        FloatTensor noise = inputs.get("noise").toFloat();
        LongTensor timesteps = inputs.get("timesteps").toLong();
        int rows = timesteps.size();
        int row = latents.size() / rows;
        float[] noisy = new float[latents.size()];
        float[] sampleWeights = new float[rows];
        for (int r = 0; r < rows; r++) {
            int t = (int) timesteps.data()[r];
            float[] x = Arrays.copyOfRange(latents.data(), r * row, (r + 1) * row);
            float[] e = Arrays.copyOfRange(noise.data(), r * row, (r + 1) * row);
            System.arraycopy(schedule.addNoise(x, e, t), 0, noisy, r * row, row);
            JsonNode gamma = params.path("snr_gamma");
            sampleWeights[r] = gamma.isNumber() ? (float) schedule.minSnrWeight(t, gamma.doubleValue(), false) : 1;
        }
        return new AdapterTraining.Batch(
                Optional.of(new AdapterTraining.Denoising(
                        FloatTensor.of(noisy, latents.shape()), noise, timesteps, FloatTensor.of(sampleWeights, rows))),
                inputs.get("clip_simple").toFloat(),
                inputs.get("clip_complex").toFloat(),
                Optional.of(inputs.get("llm_vec").toFloat()),
                List.of(0L));
    }

    private static Map<String, FloatTensor> resize(Weights inputs) {
        return Map.of(
                "resize.weight", inputs.get("resize.weight").toFloat(),
                "resize.bias", inputs.get("resize.bias").toFloat());
    }
}
