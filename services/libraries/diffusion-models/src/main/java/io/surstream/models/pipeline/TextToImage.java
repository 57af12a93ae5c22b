package io.surstream.models.pipeline;

import io.surstream.contract.prompt.PromptLimits;
import io.surstream.models.ModelFolder;
import io.surstream.models.image.PngWriter;
import io.surstream.models.image.RgbImage;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.v1.SamplingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The whole pipeline in one process: prompt to PNG files, without servers. Loads every component of a model;
 * {@link #close} frees them. Thread-safe.
 */
public final class TextToImage implements AutoCloseable {
    private final ModelFolder model;
    private final PromptEmbedder embedder;
    private final LatentDenoiser denoiser;
    private final LatentDecoder decoder;
    private final SamplingRules rules;

    public TextToImage(ModelFolder model, PromptLimits limits, DType dtype, TorchDevice device) {
        this.model = model;
        this.rules = SamplingRules.of(model, limits);
        this.embedder = PromptEmbedder.load(model, dtype, device);
        this.denoiser = LatentDenoiser.load(model, dtype, device);
        this.decoder = LatentDecoder.load(model, dtype, device);
    }

    public PromptEmbedder embedder() {
        return embedder;
    }

    public LatentDenoiser denoiser() {
        return denoiser;
    }

    public LatentDecoder decoder() {
        return decoder;
    }

    public SamplingRules rules() {
        return rules;
    }

    /**
     * One PNG an image, without adapter.
     *
     * @param initialLatents [images,C,h,w] unit noise in place of the seeds' own
     * @throws SamplingRefusedException naming every setting that cannot be followed
     */
    public List<byte[]> sample(
            String prompt,
            String negativePrompt,
            SamplingSettings request,
            Optional<FloatTensor> initialLatents,
            StepListener listener) {
        return sample(prompt, negativePrompt, Optional.empty(), request, initialLatents, listener);
    }

    /** The same with an adapter on the prompt, by its own λ; it stays its owner's to close. */
    public List<byte[]> sample(
            String prompt,
            String negativePrompt,
            Optional<NamedAdapter> adapter,
            SamplingSettings request,
            Optional<FloatTensor> initialLatents,
            StepListener listener) {
        Sampling sampling = rules.require(request);
        FloatTensor embeds = embedder.embed(prompt).embeds();
        DenoisingJob job = new DenoisingJob(
                adapter.map(one -> one.network().forward(embeds)).orElse(embeds),
                embedder.embed(negativePrompt).embeds(),
                sampling,
                initialLatents);
        Optional<FloatTensor> latents = denoiser.denoise(job, listener);
        ImageParameters.Adapter applied = adapter.map(NamedAdapter::parameters).orElse(ImageParameters.Adapter.NONE);
        List<byte[]> files = new ArrayList<>();
        if (latents.isPresent()) {
            for (RgbImage image : decoder.decode(latents.get())) {
                ImageParameters parameters =
                        ImageParameters.of(prompt, negativePrompt, sampling, files.size(), model.name(), applied);
                files.add(PngWriter.write(image, parameters.text()));
            }
        }
        return files;
    }

    @Override
    public void close() {
        embedder.close();
        denoiser.close();
        decoder.close();
    }
}
