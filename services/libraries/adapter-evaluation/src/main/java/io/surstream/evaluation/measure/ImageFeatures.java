package io.surstream.evaluation.measure;

import io.surstream.models.pipeline.RgbImage;

/** A picture as a vector in which like pictures are near each other. Thread-safe. */
@FunctionalInterface
public interface ImageFeatures {
    /** The same length for pictures of the same size. */
    double[] of(RgbImage image);
}
