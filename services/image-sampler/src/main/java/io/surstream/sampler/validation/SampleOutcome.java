package io.surstream.sampler.validation;

/** The result of an encoded prompt's validation. */
public sealed interface SampleOutcome permits SampleJob, SampleFailure {
    String jobId();
}
