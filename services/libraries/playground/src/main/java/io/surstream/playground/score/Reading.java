package io.surstream.playground.score;

import io.surstream.playground.world.Arrangement;
import io.surstream.playground.world.Background;
import io.surstream.playground.world.Colour;
import io.surstream.playground.world.Shape;
import io.surstream.playground.world.Style;
import java.util.Optional;

/**
 * What an image shows. Shape and arrangement are empty where no object was found, colour and style also where the
 * objects differ in colour or have none of the palette; the count may be any number from zero.
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
