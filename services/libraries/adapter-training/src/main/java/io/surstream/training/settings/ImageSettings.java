package io.surstream.training.settings;

/**
 * How images become square.
 *
 * @param resolution side in pixels
 * @param centerCrop the middle is kept; otherwise a place that follows from the image's content, the same at each use
 * @param randomFlip each draw of an example mirrors it with probability one half
 */
public record ImageSettings(int resolution, boolean centerCrop, boolean randomFlip) {}
