package io.surstream.encoder.validation;

import io.surstream.v1.Failure;

/** A prompt that cannot be encoded, and why. */
public record PromptFailure(String jobId, Failure failure) implements PromptOutcome {}
