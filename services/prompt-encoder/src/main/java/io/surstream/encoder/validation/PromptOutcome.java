package io.surstream.encoder.validation;

/** The result of a submitted prompt's validation. */
public sealed interface PromptOutcome permits PromptJob, PromptFailure {
    String jobId();
}
