package io.surstream.curator.text;

import io.surstream.curator.inspect.InspectedImage;

/**
 * Says how well a sentence fits an image. To add one, implement this with a public constructor without parameters and name the class in
 * {@code META-INF/services/io.surstream.curator.text.Scorer} of a jar among the dependencies; {@code surstream.curator.scorer} chooses
 * it by its name. Thread-safe.
 */
public interface Scorer {

    String name();

    /** What is worth keeping unless a setting says otherwise. */
    float threshold();

    /** Higher fits better; on a scale of the scorer's own. */
    float similarity(InspectedImage image, String sentence);
}
