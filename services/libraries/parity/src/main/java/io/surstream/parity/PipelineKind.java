package io.surstream.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.models.ModelException;
import io.surstream.models.pipeline.DenoisingJob;
import io.surstream.models.pipeline.DenoisingStep;
import io.surstream.models.pipeline.LatentDecoder;
import io.surstream.models.pipeline.LatentDenoiser;
import io.surstream.models.pipeline.Sampling;
import io.surstream.models.text.CLIPTextModel;
import io.surstream.models.unet.UNet2DConditionModel;
import io.surstream.models.vae.Autoencoder;
import io.surstream.schedulers.PipelineScheduler;
import io.surstream.schedulers.SchedulerConfig;
import io.surstream.schedulers.SchedulerNames;
import io.surstream.schedulers.Schedulers;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.tensor.LongTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole image from token ids and initial noise. */
record PipelineKind(TorchDevice device) implements ParityKind {
    @Override
    public String kind() {
        return "pipeline";
    }

    @Override
    public Map<String, HostTensor> run(CaseFolder folder) {
        Map<String, HostTensor> got = new LinkedHashMap<>();
        Path model = folder.file("model");
        FloatTensor embeds = embeds(model, folder.longs("token_ids"));
        got.put("negative_and_prompt_embeds", embeds);
        try (Autoencoder autoencoder = Autoencoder.load(model.resolve("vae"), DType.FP32, device)) {
            FloatTensor latents = denoise(folder, model, embeds, autoencoder.downscale(), got);
            FloatTensor image = new LatentDecoder(autoencoder).images(latents).get(0);
            got.put("image", image);
            got.put("image_uint8", whole(image));
        }
        return got;
    }

    private FloatTensor embeds(Path model, LongTensor tokenIds) {
        try (CLIPTextModel encoder = CLIPTextModel.load(model.resolve("text_encoder"), DType.FP32, device)) {
            return encoder.forward(tokenIds);
        }
    }

    private FloatTensor denoise(
            CaseFolder folder, Path model, FloatTensor embeds, int downscale, Map<String, HostTensor> got) {
        JsonNode params = folder.params();
        SchedulerConfig scheduler = scheduler(folder);
        FloatTensor initial = folder.floats("initial_latents");
        Sampling sampling = new Sampling(
                0,
                params.path("steps").asInt(),
                params.path("guidance_scale").asDouble(),
                SchedulerNames.nameOf(scheduler),
                1,
                (int) initial.shape()[2] * downscale,
                (int) initial.shape()[3] * downscale);
        List<DenoisingStep> steps = new ArrayList<>();
        try (UNet2DConditionModel unet = UNet2DConditionModel.load(model.resolve("unet"), DType.FP32, device)) {
            LatentDenoiser denoiser = LatentDenoiser.of(
                    (latents, timestep, states) -> unet.forward(latents, FloatTensor.scalar(timestep), states),
                    scheduler,
                    unet.config().inChannels(),
                    downscale);
            int rows = (int) embeds.shape()[0];
            FloatTensor latents = denoiser.denoise(
                            new DenoisingJob(row(embeds, rows - 1), row(embeds, 0), sampling, Optional.of(initial)),
                            steps::add)
                    .orElseThrow();
            float[] timesteps = Schedulers.create(scheduler, sampling.steps()).timesteps();
            got.put("timesteps", FloatTensor.of(timesteps, timesteps.length));
            got.put(
                    "unet_out",
                    stacked(steps.stream().map(DenoisingStep::modelOutput).toList()));
            got.put(
                    "latents_after_step",
                    stacked(steps.stream().map(DenoisingStep::latents).toList()));
            return latents;
        }
    }

    private static SchedulerConfig scheduler(CaseFolder folder) {
        Path file = folder.file("scheduler").resolve("scheduler_config.json");
        try {
            SchedulerConfig config = SchedulerConfig.read(file);
            return PipelineScheduler.of(config, config.className()).config();
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e, e);
        }
    }

    private static FloatTensor row(FloatTensor batch, int i) {
        long[] shape = batch.shape().clone();
        int size = batch.size() / (int) shape[0];
        shape[0] = 1;
        return FloatTensor.of(Arrays.copyOfRange(batch.data(), i * size, (i + 1) * size), shape);
    }

    private static FloatTensor stacked(List<FloatTensor> tensors) {
        long[] first = tensors.get(0).shape();
        long[] shape = new long[first.length + 1];
        shape[0] = tensors.size();
        System.arraycopy(first, 0, shape, 1, first.length);
        int size = tensors.get(0).size();
        float[] data = new float[tensors.size() * size];
        for (int i = 0; i < tensors.size(); i++) {
            System.arraycopy(tensors.get(i).data(), 0, data, i * size, size);
        }
        return FloatTensor.of(data, shape);
    }

    private static LongTensor whole(FloatTensor image) {
        byte[] rgb = LatentDecoder.toRgb(image).rgb();
        long[] levels = new long[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            levels[i] = rgb[i] & 0xff;
        }
        return LongTensor.of(levels, 1, image.shape()[2], image.shape()[3], 3);
    }
}
