package io.surstream.sampler.validation;

/** What became of an encoded prompt at the door. */
public sealed interface SampleOutcome permits SampleJob, SampleFailure {
    String jobId();
}
