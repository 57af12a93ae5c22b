package io.surstream.gateway.intake;

/**
 * What the edge lets through. The loaded model may allow less; the stage that knows it refuses the job then.
 *
 * @param maxPromptLength Unicode code points of a prompt or negative prompt
 * @param maxSteps denoising steps
 * @param maxGuidanceScale largest guidance scale
 * @param maxImages pictures of one job
 * @param maxSide pixels of height and of width
 */
public record RequestLimits(int maxPromptLength, int maxSteps, double maxGuidanceScale, int maxImages, int maxSide) {}
