package io.surstream.training.features;

import io.surstream.models.ModelFolder;
import io.surstream.models.image.RgbImage;
import io.surstream.models.pipeline.PromptEmbedder;
import io.surstream.models.vae.AutoencoderKL;
import io.surstream.models.vae.LatentDistribution;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.training.TrainingException;
import io.surstream.training.examples.TrainingExample.LatentMoments;
import io.surstream.training.settings.ImageSettings;
import io.surstream.training.settings.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Computes what the frozen networks say about a triple, unless the cache has it already. Text encoder and autoencoder
 * are loaded when first needed and freed by {@link #close}, before training. Every prompt and image is computed by
 * itself, so that what comes out does not depend on the others. One owner; not thread-safe.
 */
public final class FrozenFeatures implements AutoCloseable {
    private final ModelFolder model;
    private final ImageSettings images;
    private final boolean denoises;
    private final DType dtype;
    private final TorchDevice device;
    private final FeatureCache cache;
    private PromptEmbedder text;
    private AutoencoderKL autoencoder;
    private int found;
    private int computed;

    /** The networks compute in the settings' {@code mixed_precision}. */
    public FrozenFeatures(ModelFolder model, TrainingSettings settings, TorchDevice device, FeatureCache cache) {
        this.model = model;
        this.images = settings.images();
        this.denoises = settings.objective().denoisingWeight() > 0;
        this.dtype = settings.dtype(device);
        this.device = device;
        this.cache = cache;
    }

    /**
     * Makes sure that the cache has the triple's features.
     *
     * @param image not looked at where the denoising loss has no weight
     */
    public FeatureKeys compute(String simplePrompt, String complexPrompt, Optional<RgbImage> image) {
        Optional<String> moments = Optional.empty();
        if (denoises) {
            moments = Optional.of(moments(image.orElseThrow(
                    () -> new TrainingException("a triple has no image; add it, or train with denoising_weight 0"))));
        }
        return new FeatureKeys(states(simplePrompt), states(complexPrompt), moments);
    }

    /** Prompts and images that were not in the cache. */
    public int computed() {
        return computed;
    }

    /** Prompts and images that were in the cache. */
    public int found() {
        return found;
    }

    private boolean isThere(String key) {
        boolean there = cache.has(key);
        found += there ? 1 : 0;
        return there;
    }

    private Hash hash(String kind) {
        return new Hash().text(kind).text(model.revision()).text(dtype);
    }

    private String states(String prompt) {
        String key = hash("text states").text(prompt).hex();
        if (!isThere(key)) {
            if (text == null) {
                text = PromptEmbedder.load(model, dtype, device);
            }
            cache.putStates(key, text.embed(prompt).embeds(), dtype);
            computed++;
        }
        return key;
    }

    private String moments(RgbImage image) {
        byte[] content = new Hash()
                .text(image.height())
                .text(image.width())
                .bytes(image.rgb())
                .end();
        String key = hash("latent moments").text(images).bytes(content).hex();
        if (!isThere(key)) {
            FloatTensor square = SquareImage.of(image, images, content);
            List<LatentMoments> views = new ArrayList<>(List.of(encode(square)));
            if (images.randomFlip()) {
                views.add(encode(SquareImage.mirrored(square)));
            }
            cache.putMoments(key, views);
            computed++;
        }
        return key;
    }

    private LatentMoments encode(FloatTensor square) {
        if (autoencoder == null) {
            autoencoder = AutoencoderKL.load(model.component("vae"), dtype, device);
            if (images.resolution() % autoencoder.downscale() != 0) {
                throw new TrainingException("resolution must be a multiple of " + autoencoder.downscale()
                        + " with model " + model.name() + " but is " + images.resolution());
            }
        }
        LatentDistribution latents = autoencoder.encode(square);
        double scale = autoencoder.scalingFactor();
        return new LatentMoments(
                scaled(latents.mean(), autoencoder.shiftFactor(), scale), scaled(latents.std(), 0, scale));
    }

    private static FloatTensor scaled(FloatTensor tensor, double shift, double scale) {
        float[] out = new float[tensor.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) ((tensor.data()[i] - shift) * scale);
        }
        return FeatureCache.withoutBatch(FloatTensor.of(out, tensor.shape()));
    }

    @Override
    public void close() {
        if (text != null) {
            text.close();
        }
        if (autoencoder != null) {
            autoencoder.close();
        }
    }
}
