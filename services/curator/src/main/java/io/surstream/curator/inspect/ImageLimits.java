package io.surstream.curator.inspect;

/**
 * Which images are taken.
 *
 * @param minSide fewest pixels of the shorter side
 * @param maxSide most pixels of the longer side
 * @param maxPixels most pixels of all; as many are decoded at a time
 */
public record ImageLimits(int minSide, int maxSide, int maxPixels) {}
