package io.surstream.encoder.model;

import io.surstream.encoder.adapter.Adapter;
import io.surstream.encoder.adapter.PromptEmbeds;
import io.surstream.encoder.config.EncoderConfig.AdapterScope;
import io.surstream.models.ModelRevision;
import io.surstream.models.adapter.SurAdapter;
import io.surstream.models.pipeline.PromptEmbedder;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.FloatTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A SUR-adapter from a checkpoint file. Its revision is the start of the file's SHA-256. Thread-safe. */
public final class SurTextAdapter implements Adapter, AutoCloseable {
    private final SurAdapter network;
    private final String revision;
    private final AdapterScope on;

    private SurTextAdapter(SurAdapter network, String revision, AdapterScope on) {
        this.network = network;
        this.revision = revision;
        this.on = on;
    }

    /**
     * @param weight λ; where empty, the file's metadata must have it
     * @param on which of the two embeddings are changed
     */
    public static SurTextAdapter load(Path file, OptionalDouble weight, AdapterScope on, TorchDevice device) {
        SurAdapter network = SurAdapter.load(file, weight, Optional.empty(), device);
        return new SurTextAdapter(network, ModelRevision.ofAdapter(file), on);
    }

    @Override
    public String revision() {
        return revision;
    }

    /** Of the states that it adapts. */
    public long width() {
        return network.width();
    }

    @Override
    public float defaultWeight() {
        return (float) network.config().adapterWeight();
    }

    /** Pair by pair: in the reference layout a row's result depends on the other rows of its call. */
    @Override
    public List<PromptEmbeds> adapt(List<PromptEmbeds> pairs, List<Float> weights) {
        List<PromptEmbeds> adapted = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            adapted.add(adapt(pairs.get(i), weights.get(i)));
        }
        return adapted;
    }

    private PromptEmbeds adapt(PromptEmbeds pair, float weight) {
        List<FloatTensor> adapted =
                PromptEmbedder.adapt(network, pair.negativePrompt(), pair.prompt(), weight, on == AdapterScope.BOTH);
        return new PromptEmbeds(adapted.get(1), adapted.get(0));
    }

    @Override
    public void close() {
        network.close();
    }
}
