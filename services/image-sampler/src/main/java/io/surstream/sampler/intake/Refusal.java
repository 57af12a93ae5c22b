package io.surstream.sampler.intake;

import io.surstream.v1.Failure;

/** A prompt that cannot be sampled, and why. */
public record Refusal(String jobId, Failure failure) implements Intake {}
