package io.surstream.models.adapter;

/**
 * How an adapter is trained, apart from the learning rate, which each update is given.
 *
 * @param adapter λ, layout, heads
 * @param dropout share of activations left out in the adapter's encoder; 0 for none
 * @param accumulation micro-batches of one update; each one's gradients count 1/accumulation, whatever really comes
 */
public record AdapterTrainingSettings(
        SurAdapterConfig adapter, double dropout, AdapterObjective objective, AdamW optimizer, int accumulation) {}
