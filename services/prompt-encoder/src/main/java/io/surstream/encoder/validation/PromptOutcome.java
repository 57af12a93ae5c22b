package io.surstream.encoder.validation;

/** What became of a submitted prompt at the door. */
public sealed interface PromptOutcome permits PromptJob, PromptFailure {
    String jobId();
}
