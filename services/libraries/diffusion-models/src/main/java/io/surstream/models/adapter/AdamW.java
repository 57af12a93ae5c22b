package io.surstream.models.adapter;

/**
 * AdamW (Loshchilov and Hutter 2019) as PyTorch has it.
 *
 * @param maxGradNorm global norm beyond which gradients are scaled down; 0 never
 */
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay, double maxGradNorm) {}
