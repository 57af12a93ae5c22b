package io.surstream.evaluation.paint;

import io.surstream.contract.prompt.PromptLimits;
import io.surstream.models.ModelException;
import io.surstream.models.ModelFolder;
import io.surstream.models.pipeline.LatentDecoder;
import io.surstream.models.pipeline.LatentDenoiser;
import io.surstream.models.pipeline.PromptEmbedder;
import io.surstream.models.pipeline.Sampling;
import io.surstream.models.pipeline.SamplingRules;
import io.surstream.models.vae.AutoencoderKL;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.v1.SamplingSettings;
import java.util.Optional;

/** A whole model for drawing and for measuring what was drawn; {@link #close} frees it. Thread-safe. */
public final class PaintingModel implements AutoCloseable {
    private final ModelFolder folder;
    private final PromptEmbedder embedder;
    private final LatentDenoiser denoiser;
    private final AutoencoderKL autoencoder;

    private PaintingModel(
            ModelFolder folder, PromptEmbedder embedder, LatentDenoiser denoiser, AutoencoderKL autoencoder) {
        this.folder = folder;
        this.embedder = embedder;
        this.denoiser = denoiser;
        this.autoencoder = autoencoder;
    }

    /** @throws ModelException if a component cannot be read, or the autoencoder is none of AutoencoderKL's kind */
    public static PaintingModel load(ModelFolder folder, DType dtype, TorchDevice device) {
        return new PaintingModel(
                folder,
                PromptEmbedder.load(folder, dtype, device),
                LatentDenoiser.load(folder, dtype, device),
                AutoencoderKL.load(folder.component("vae"), dtype, device));
    }

    public ModelFolder folder() {
        return folder;
    }

    public PromptEmbedder embedder() {
        return embedder;
    }

    public LatentDenoiser denoiser() {
        return denoiser;
    }

    /** For features of images; decoding goes through it too. */
    public AutoencoderKL autoencoder() {
        return autoencoder;
    }

    /** A view: it is not to be closed, the autoencoder is this object's. */
    LatentDecoder decoder() {
        return new LatentDecoder(autoencoder);
    }

    /** Complete settings of one image. @throws io.surstream.models.pipeline.SamplingRefusedException naming what is wrong */
    public Sampling sampling(SamplingSettings request) {
        return SamplingRules.of(folder, PromptLimits.STANDARD).require(request);
    }

    /** A way of drawing with this model. */
    public ImagePainter painter(Sampling sampling, Optional<AppliedAdapter> adapter) {
        return new BatchPainter(this, sampling, adapter);
    }

    @Override
    public void close() {
        embedder.close();
        denoiser.close();
        autoencoder.close();
    }
}
