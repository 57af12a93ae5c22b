package io.surstream.sampler.intake;

/** What became of an encoded prompt at the door. */
public sealed interface Intake permits SampleJob, Refusal {
    String jobId();
}
