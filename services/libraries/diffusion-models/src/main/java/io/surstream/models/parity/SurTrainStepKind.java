package io.surstream.models.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.models.ConfigFile;
import io.surstream.models.adapter.AdapterLayout;
import io.surstream.models.adapter.AdapterTraining;
import io.surstream.models.adapter.AdapterTrainingSettings;
import io.surstream.models.adapter.SurAdapterConfig;
import io.surstream.models.unet.UNet2DConfig;
import io.surstream.schedulers.NoiseSchedule;
import io.surstream.schedulers.SchedulerConfig;
import io.surstream.torch.FloatTensor;
import io.surstream.torch.HostTensor;
import io.surstream.torch.LongTensor;
import io.surstream.torch.SafetensorsFile;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

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
                        config, weights, adapter, folder.path(), settings(folder.params()), device)) {
            AdapterTraining.Batch batch = batch(inputs, folder.params());
            got.put("noisy_latents", batch.noisyLatents());
            got.put("llm_resized", batch.teacher());
            train(training, batch, got);
        }
        return got;
    }

    private static void train(AdapterTraining training, AdapterTraining.Batch batch, Map<String, HostTensor> got) {
        float[] losses = new float[STEPS * LOSSES];
        for (int step = 1; step <= STEPS; step++) {
            AdapterTraining.Result result = training.step(batch);
            System.arraycopy(result.losses().data(), 0, losses, (step - 1) * LOSSES, LOSSES);
            if (step == 1) {
                got.put("model_pred", result.modelOutput());
                got.put("adapter_out", result.adapterOut());
                got.put("adapter_encoder_out", result.encoderOut());
                training.gradients().forEach((name, gradient) -> got.put("step1.grad." + name, gradient));
            }
            String prefix = "step" + step + ".param.";
            training.parameters().forEach((name, parameter) -> got.put(prefix + name, parameter));
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
                params.path("denoising_gradient").asBoolean(true),
                params.path("llm_weight").asDouble(),
                params.path("prompt_weight").asDouble(),
                params.path("lr").asDouble(),
                params.path("betas").path(0).asDouble(0.9),
                params.path("betas").path(1).asDouble(0.999),
                params.path("eps").asDouble(1e-8),
                params.path("weight_decay").asDouble(),
                params.path("max_grad_norm").asDouble());
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
            sampleWeights[r] = gamma.isNumber() ? (float) schedule.minSnrWeight(t, gamma.doubleValue()) : 1;
        }
        return new AdapterTraining.Batch(
                FloatTensor.of(noisy, latents.shape()),
                noise,
                timesteps,
                inputs.get("clip_simple").toFloat(),
                inputs.get("clip_complex").toFloat(),
                resized(inputs),
                FloatTensor.of(sampleWeights, rows));
    }

    /** llm_vec [B,E] · resize.weightᵀ [E,C] + resize.bias [C], as [B,1,C]. */
    private static FloatTensor resized(Weights inputs) {
        FloatTensor vectors = inputs.get("llm_vec").toFloat();
        FloatTensor weight = inputs.get("resize.weight").toFloat();
        float[] bias = inputs.get("resize.bias").toFloat().data();
        int rows = (int) vectors.shape()[0];
        int inner = (int) vectors.shape()[1];
        float[] out = new float[rows * bias.length];
        for (int i = 0; i < out.length; i++) {
            int r = i / bias.length;
            int c = i % bias.length;
            double sum = bias[c];
            for (int k = 0; k < inner; k++) {
                sum += (double) vectors.data()[r * inner + k] * weight.data()[c * inner + k];
            }
            out[i] = (float) sum;
        }
        return FloatTensor.of(out, rows, 1, bias.length);
    }
}
