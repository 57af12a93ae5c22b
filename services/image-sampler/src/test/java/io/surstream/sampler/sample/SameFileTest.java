package io.surstream.sampler.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.contract.prompt.PromptLimits;
import io.surstream.models.ModelFolder;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.pipeline.DenoisingJob;
import io.surstream.models.pipeline.NamedAdapter;
import io.surstream.models.pipeline.Sampling;
import io.surstream.models.pipeline.StepListener;
import io.surstream.models.pipeline.TextToImage;
import io.surstream.sampler.validation.SampleJob;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.SamplingSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The service's PNG files and those of {@code surstream sample} are the same bytes, text included. */
class SameFileTest {
    private static final String PROMPT = "2 heart, blue";
    private static final String NEGATIVE = "green";

    private final ModelFolder model = ModelResolver.standard(Map.of()).resolve("playground");
    private final SamplingSettings settings = SamplingSettings.newBuilder()
            .setSeed(7)
            .setNumInferenceSteps(2)
            .setGuidanceScale(5)
            .setScheduler("ddim")
            .setNumImages(1)
            .setHeight(64)
            .setWidth(64)
            .build();

    @Test
    void with_an_adapter_and_without() {
        try (TextToImage local = new TextToImage(model, PromptLimits.STANDARD, DType.FP32, TorchDevice.CPU);
                NamedAdapter adapter =
                        NamedAdapter.load(model.adapter().orElseThrow(), OptionalDouble.of(0.1f), TorchDevice.CPU)) {
            for (Optional<NamedAdapter> each : List.of(Optional.<NamedAdapter>empty(), Optional.of(adapter))) {
                List<byte[]> files =
                        local.sample(PROMPT, NEGATIVE, each, settings, Optional.empty(), StepListener.NONE);

                Sampled.Completed sampled = assertInstanceOf(
                        Sampled.Completed.class, stage(local).sample(job(local, each), StepListener.NONE));
                assertEquals(1, sampled.images().size());
                assertArrayEquals(files.get(0), sampled.images().get(0).png());
            }
        }
    }

    private SampleStage stage(TextToImage local) {
        return new SampleStage(
                local.denoiser()::denoise, local.decoder()::decode, model.name(), new SimpleMeterRegistry());
    }

    /** As prompt-encoder hands it over. */
    private SampleJob job(TextToImage local, Optional<NamedAdapter> adapter) {
        FloatTensor embeds = local.embedder().embed(PROMPT).embeds();
        EncodedPrompt.Builder encoded = EncodedPrompt.newBuilder()
                .setPrompt(PROMPT)
                .setNegativePrompt(NEGATIVE)
                .setSampling(settings)
                .setAdapterRevision("none");
        adapter.ifPresent(one -> encoded.setAdapterRevision(one.revision()).setAdapterWeight(0.1f));
        DenoisingJob denoising = new DenoisingJob(
                adapter.map(one -> one.network().forward(embeds, 0.1f)).orElse(embeds),
                local.embedder().embed(NEGATIVE).embeds(),
                Sampling.of(settings),
                Optional.empty());
        return new SampleJob("job-1", encoded.build(), denoising);
    }
}
