package io.surstream.encoder.validation;

import io.surstream.v1.SamplingSettings;

/**
 * A prompt that may be encoded.
 *
 * @param sampling complete: every field is set and within the model's limits
 * @param adapter a name that the service knows; empty for its default
 * @param adapterWeight λ in 0..1, or null for the adapter's own
 * @param truncate whether tokens beyond the window are cut
 */
public record PromptJob(
        String jobId,
        String prompt,
        String negativePrompt,
        SamplingSettings sampling,
        String adapter,
        Float adapterWeight,
        boolean truncate)
        implements PromptOutcome {}
