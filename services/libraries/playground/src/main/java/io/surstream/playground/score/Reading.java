package io.surstream.playground.score;

import io.surstream.playground.world.Arrangement;
import io.surstream.playground.world.Background;
import io.surstream.playground.world.Colour;
import io.surstream.playground.world.Shape;
import io.surstream.playground.world.Style;
import java.util.Optional;

/**
 * What a picture shows. Colour, arrangement, shape and style are empty where no object was found; the count may be any
 * number from zero.
 */
public record Reading(
        int count,
        Optional<Shape> shape,
        Optional<Colour> colour,
        Optional<Arrangement> arrangement,
        Background background,
        Optional<Style> style) {

    static Reading nothing(Background background) {
        return new Reading(0, Optional.empty(), Optional.empty(), Optional.empty(), background, Optional.empty());
    }
}
