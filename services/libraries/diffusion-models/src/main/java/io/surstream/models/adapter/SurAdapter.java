package io.surstream.models.adapter;

import io.surstream.models.ModelException;
import io.surstream.models.Network;
import io.surstream.models.NetworkScripts;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.Weights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * The SUR-adapter, between the frozen text encoder and the frozen UNet. It computes in fp32. Shapes: B batch, S token
 * positions, X width of the text encoder. In the {@link AdapterLayout#REFERENCE} layout a row's result depends on the
 * others in the batch.
 */
public final class SurAdapter extends Network {
    private final SurAdapterConfig config;
    private final long width;

    private SurAdapter(SurAdapterConfig config, long width, Weights weights, TorchDevice device) {
        super(NetworkScripts.surAdapter(), structure(config), weights, device);
        this.config = config;
        this.width = width;
    }

    /**
     * Opens a safetensors file, a {@code .pt} state dict as published, or a folder with {@code adapter.safetensors}.
     *
     * @param adapterWeight λ; where empty, the file's metadata must have it
     * @param layout where empty, that of the file's metadata, or else the published one
     * @throws ModelException if the file holds no adapter or λ is nowhere
     */
    public static SurAdapter load(
            Path file, OptionalDouble adapterWeight, Optional<AdapterLayout> layout, TorchDevice device) {
        try (Weights weights = Checkpoint.open(file, "adapter")) {
            return of(SurAdapterConfig.from(weights.metadata(), adapterWeight, layout), weights, file, device);
        }
    }

    /** As the other load, with everything given and the file's metadata left aside. */
    public static SurAdapter load(Path file, SurAdapterConfig config, TorchDevice device) {
        try (Weights weights = Checkpoint.open(file, "adapter")) {
            return of(config, weights, file, device);
        }
    }

    /** From loaded weights, which the caller closes; {@code origin} names them in messages. */
    public static SurAdapter of(SurAdapterConfig config, Weights weights, Object origin, TorchDevice device) {
        Weights own = SurAdapterWeights.of(weights, origin).select(weights, origin, UnaryOperator.identity());
        long width = own.get("fc.weight").shape()[0];
        if (width % config.heads() != 0) {
            throw new ModelException(
                    origin + " has width " + width + ", which " + config.heads() + " heads do not divide");
        }
        return new SurAdapter(config, width, own, device);
    }

    private static Map<String, Object> structure(SurAdapterConfig config) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("heads", (long) config.heads());
        attributes.put("eps", config.eps());
        attributes.put("reference", config.layout() == AdapterLayout.REFERENCE);
        return attributes;
    }

    public SurAdapterConfig config() {
        return config;
    }

    /** X. */
    public long width() {
        return width;
    }

    /**
     * λ · branch + (1 − λ) · states, with the configured λ.
     *
     * @param states [B,S,X] the text encoder's last hidden state
     * @return [B,S,X]
     */
    public FloatTensor forward(FloatTensor states) {
        return forward(states, config.adapterWeight());
    }

    /** As {@link #forward(FloatTensor)}, with a λ for this call. */
    public FloatTensor forward(FloatTensor states, double adapterWeight) {
        expect("states", states, -1, -1, width);
        return one("forward", states, FloatTensor.scalar((float) adapterWeight));
    }

    /** The mixed states, the encoder's output and the branch distilled from the language model, each [B,S,X]. */
    public List<FloatTensor> parts(FloatTensor states) {
        expect("states", states, -1, -1, width);
        return run("parts", states, FloatTensor.scalar((float) config.adapterWeight()));
    }
}
