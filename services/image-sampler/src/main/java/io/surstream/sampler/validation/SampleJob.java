package io.surstream.sampler.validation;

import io.surstream.models.pipeline.DenoisingJob;
import io.surstream.v1.EncodedPrompt;

/**
 * An image that can be sampled.
 *
 * @param jobId empty for a request that is no job
 * @param request as it came, for the image's own record
 * @param denoising checked against the model's limits
 */
public record SampleJob(String jobId, EncodedPrompt request, DenoisingJob denoising) implements SampleOutcome {}
