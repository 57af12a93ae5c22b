package io.surstream.models.adapter;

/**
 * How an adapter is trained; names and defaults of the published training.
 *
 * @param adapter λ, layout, heads
 * @param denoisingGradient false cuts the denoising loss off from the adapter, as the published code does
 * @param llmWeight weight of the distillation loss
 * @param promptWeight weight of the alignment loss
 * @param learningRate of AdamW
 * @param epsilon of AdamW
 * @param maxGradNorm global norm beyond which gradients are scaled down; 0 never
 */
public record AdapterTrainingSettings(
        SurAdapterConfig adapter,
        double dropout,
        boolean denoisingGradient,
        double llmWeight,
        double promptWeight,
        double learningRate,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        double maxGradNorm) {}
