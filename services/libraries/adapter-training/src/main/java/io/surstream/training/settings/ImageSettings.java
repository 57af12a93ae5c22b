package io.surstream.training.settings;

/**
 * How pictures become square.
 *
 * @param resolution side in pixels
 * @param centerCrop the middle is kept; otherwise a place that follows from the picture's content, the same at each use
 * @param randomFlip each draw of an example mirrors it with probability one half
 */
public record ImageSettings(int resolution, boolean centerCrop, boolean randomFlip) {}
