package io.surstream.training.features;

import java.util.Optional;

/**
 * Where one triple's frozen features are in a {@link FeatureCache}. A key is the SHA-256 of all that its features
 * follow from: model, number format, and prompt or image with its settings.
 *
 * @param simplePrompt lower-case hex
 * @param complexPrompt lower-case hex
 * @param image lower-case hex; empty where the run needs no latents
 */
public record FeatureKeys(String simplePrompt, String complexPrompt, Optional<String> image) {}
