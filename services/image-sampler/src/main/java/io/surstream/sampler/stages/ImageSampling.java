package io.surstream.sampler.stages;

import io.surstream.sampler.sample.SampleStage;
import io.surstream.sampler.validation.SampleValidation;

/**
 * The stages between the edges: validation, then sample. Both are thread-safe.
 *
 * @param warmUp samples one small image, so that no job waits for the first forward
 */
public record ImageSampling(SampleValidation validation, SampleStage stage, Runnable warmUp) {}
