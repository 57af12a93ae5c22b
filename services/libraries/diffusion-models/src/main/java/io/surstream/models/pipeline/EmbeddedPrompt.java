package io.surstream.models.pipeline;

import io.surstream.torch.tensor.FloatTensor;

/**
 * A prompt as the UNet reads it.
 *
 * @param embeds [1,L,d]
 * @param truncatedTokens tokens that did not fit into the text encoder's window
 */
public record EmbeddedPrompt(FloatTensor embeds, int truncatedTokens) {}
