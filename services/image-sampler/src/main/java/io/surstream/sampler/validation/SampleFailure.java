package io.surstream.sampler.validation;

import io.surstream.v1.Failure;

/** A prompt that cannot be sampled, and why. */
public record SampleFailure(String jobId, Failure failure) implements SampleOutcome {}
