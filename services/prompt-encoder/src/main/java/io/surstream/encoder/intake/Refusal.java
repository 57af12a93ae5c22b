package io.surstream.encoder.intake;

import io.surstream.v1.Failure;

/** A prompt that cannot be encoded, and why. */
public record Refusal(String jobId, Failure failure) implements Intake {}
