package io.surstream.sampler.sample;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.Attributes;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import io.surstream.metrics.StageSpan;
import io.surstream.models.image.PngWriter;
import io.surstream.models.image.RgbImage;
import io.surstream.models.pipeline.ImageParameters;
import io.surstream.models.pipeline.Sampling;
import io.surstream.models.pipeline.StepListener;
import io.surstream.sampler.sample.Sampled.GeneratedImage;
import io.surstream.sampler.validation.SampleJob;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.v1.EncodedPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Prompt embeddings to PNG files: denoise, decode, write the file. Thread-safe. */
public final class SampleStage {
    private final Denoising denoising;
    private final Decoding decoding;
    private final String modelName;
    private final Counter steps;
    private final Counter images;
    private final Timer denoiseTime;
    private final Timer decodeTime;

    /** @param modelName as recorded in the image */
    public SampleStage(Denoising denoising, Decoding decoding, String modelName, MeterRegistry meters) {
        this.denoising = denoising;
        this.decoding = decoding;
        this.modelName = modelName;
        this.steps = Meters.counter(meters, Metric.SAMPLER_STEPS);
        this.images = Meters.counter(meters, Metric.SAMPLER_IMAGES);
        this.denoiseTime = Meters.timer(meters, Metric.SAMPLER_DENOISE);
        this.decodeTime = Meters.timer(meters, Metric.SAMPLER_DECODE);
    }

    /** @param listener is called for each step and may stop the job */
    public Sampled sample(SampleJob job, StepListener listener) {
        long start = System.nanoTime();
        Attributes size = size(job.denoising().sampling());
        Optional<FloatTensor> latents = StageSpan.DENOISE.of(
                size,
                () -> denoising.denoise(job.denoising(), step -> {
                    steps.increment();
                    return listener.onStep(step);
                }));
        if (latents.isEmpty()) {
            return new Sampled.Stopped();
        }
        long denoised = System.nanoTime();
        List<GeneratedImage> generated =
                StageSpan.DECODE.of(size, () -> generated(job, decoding.decode(latents.get())));
        long decoded = System.nanoTime();
        images.increment(generated.size());
        denoiseTime.record(denoised - start, TimeUnit.NANOSECONDS);
        decodeTime.record(decoded - denoised, TimeUnit.NANOSECONDS);
        return new Sampled.Completed(
                generated, Map.of("denoise", micros(denoised - start), "decode", micros(decoded - denoised)));
    }

    private static Attributes size(Sampling sampling) {
        return Attributes.of(
                StageSpan.STEPS,
                (long) sampling.steps(),
                StageSpan.IMAGES,
                (long) sampling.images(),
                StageSpan.HEIGHT,
                (long) sampling.height(),
                StageSpan.WIDTH,
                (long) sampling.width());
    }

    private List<GeneratedImage> generated(SampleJob job, List<RgbImage> images) {
        Sampling sampling = job.denoising().sampling();
        List<GeneratedImage> generated = new ArrayList<>();
        for (int n = 0; n < images.size(); n++) {
            RgbImage image = images.get(n);
            byte[] png = PngWriter.write(image, parameters(job.request(), sampling, n));
            generated.add(new GeneratedImage(n, sampling.seed() + n, image.height(), image.width(), png));
        }
        return generated;
    }

    private String parameters(EncodedPrompt request, Sampling sampling, int image) {
        ImageParameters.Adapter adapter =
                new ImageParameters.Adapter(request.getAdapterRevision(), request.getAdapterWeight());
        return ImageParameters.of(request.getPrompt(), request.getNegativePrompt(), sampling, image, modelName, adapter)
                .text();
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
