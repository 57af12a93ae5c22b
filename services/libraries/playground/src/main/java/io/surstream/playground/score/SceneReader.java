package io.surstream.playground.score;

import io.surstream.playground.world.Background;
import io.surstream.playground.world.Colour;
import io.surstream.playground.world.LayoutRules;
import io.surstream.playground.world.PlaygroundImage;
import io.surstream.playground.world.Style;
import java.util.Optional;

/** Reads what a 64×64 image shows, by colours and geometry only. Pure and thread-safe. */
public final class SceneReader {
    /** Of the object pixels, how many must be line for "outlined". */
    private static final double LINE_SHARE = 0.12;

    private SceneReader() {}

    /** Never fails: an image without objects reads as zero objects. */
    public static Reading read(PlaygroundImage image) {
        Segmentation parts = Segmentation.of(image);
        if (parts.blobs().isEmpty()) {
            return Reading.nothing(parts.background());
        }
        return new Reading(
                parts.blobs().size(),
                Optional.of(ShapeTemplates.nearest(parts)),
                parts.colour(),
                Optional.of(
                        LayoutRules.of(parts.blobs().stream().map(Blob::centre).toList())),
                parts.background(),
                parts.colour().map(colour -> style(image, parts, colour)));
    }

    /** By the share of line colour in and around the objects, which blur spreads but does not change. */
    private static Style style(PlaygroundImage image, Segmentation parts, Colour colour) {
        Background background = parts.background();
        Mixture mixture = new Mixture(colour.rgb(), background.outline(), background.rgb());
        double lines = 0;
        double objects = 0;
        for (int i : parts.neighbourhood()) {
            Mixture.Nearest shares = mixture.nearest(Segmentation.pixel(image, i));
            lines += shares.line();
            objects += shares.line() + shares.filling();
        }
        return lines > LINE_SHARE * objects ? Style.OUTLINED : Style.FLAT;
    }
}
