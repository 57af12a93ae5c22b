package io.surstream.encoder.intake;

/** What became of a submitted prompt at the door. */
public sealed interface Intake permits PromptJob, Refusal {
    String jobId();
}
