package io.surstream.encoder.adapter;

import java.util.List;

/** A network between text encoder and UNet, as this service sees it. Thread-safe. */
public interface Adapter {
    /** Names the weights permanently; goes into the event and the image's record. */
    String revision();

    /** λ when a prompt asks for none, 0..1. */
    float defaultWeight();

    /**
     * Embeddings as the UNet is to see them, in the order of the input. What else is in the list never matters.
     *
     * @param pairs of the text encoder
     * @param weights λ for each pair
     */
    List<PromptEmbeds> adapt(List<PromptEmbeds> pairs, List<Float> weights);
}
