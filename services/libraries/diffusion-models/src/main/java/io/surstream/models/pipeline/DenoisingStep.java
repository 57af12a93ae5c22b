package io.surstream.models.pipeline;

import io.surstream.torch.tensor.FloatTensor;

/**
 * One step of one image, just taken.
 *
 * @param image index of the image in the job
 * @param step index of the step in the image's trajectory
 * @param done steps taken so far, over all images
 * @param total steps of the whole job
 * @param modelOutput [2,C,h,w] rows (unconditional, text) before guidance, or [1,C,h,w] without guidance
 * @param latents [1,C,h,w] after the step
 */
public record DenoisingStep(int image, int step, int done, int total, FloatTensor modelOutput, FloatTensor latents) {}
