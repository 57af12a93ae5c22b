package io.surstream.encoder.adapter;

import io.surstream.torch.tensor.FloatTensor;

/**
 * The two conditions of guidance.
 *
 * @param prompt [1, L, d]
 * @param negativePrompt [1, L, d]
 */
public record PromptEmbeds(FloatTensor prompt, FloatTensor negativePrompt) {}
