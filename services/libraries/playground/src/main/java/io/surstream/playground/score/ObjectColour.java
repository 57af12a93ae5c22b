package io.surstream.playground.score;

import io.surstream.playground.world.Colour;
import io.surstream.playground.world.PlaygroundImage;
import io.surstream.playground.world.Rgb;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names the colour of objects: the one whose mixtures with line and background explain their pixels best.
 *
 * @param line colour of outlines on this background
 * @param background the image's own background colour
 */
record ObjectColour(PlaygroundImage image, Rgb line, Rgb background) {
    /** Mean distance in RGB beyond which a colour is none of the palette. */
    private static final double STRANGE = 50;

    /** The best of the palette for all these pixels together. */
    Colour nearest(List<Blob> blobs) {
        return Stream.of(Colour.values())
                .min(Comparator.comparingDouble(colour -> unexplained(blobs, colour)))
                .orElseThrow();
    }

    /** The colour that every single object has; empty if they differ or one is of no colour of the palette. */
    Optional<Colour> shared(List<Blob> blobs) {
        List<Colour> colours =
                blobs.stream().map(blob -> nearest(List.of(blob))).distinct().toList();
        boolean strange = blobs.stream().anyMatch(blob -> unexplained(List.of(blob), colours.get(0)) > STRANGE);
        return colours.size() == 1 && !strange ? Optional.of(colours.get(0)) : Optional.empty();
    }

    private double unexplained(List<Blob> blobs, Colour colour) {
        Mixture mixture = new Mixture(colour.rgb(), line, background);
        return blobs.stream()
                .flatMap(blob -> blob.pixels().stream())
                .mapToDouble(i -> mixture.nearest(Segmentation.pixel(image, i)).distance())
                .average()
                .orElse(0);
    }
}
