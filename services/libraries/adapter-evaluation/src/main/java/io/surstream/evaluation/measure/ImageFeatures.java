package io.surstream.evaluation.measure;

import io.surstream.models.image.RgbImage;

/** An image as a vector in which like images are near each other. Thread-safe. */
@FunctionalInterface
public interface ImageFeatures {
    /** The same length for images of the same size. */
    double[] of(RgbImage image);
}
