package io.surstream.evaluation.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.pipeline.RgbImage;
import io.surstream.playground.world.Arrangement;
import io.surstream.playground.world.Background;
import io.surstream.playground.world.Colour;
import io.surstream.playground.world.Picture;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneRenderer;
import io.surstream.playground.world.Shape;
import io.surstream.playground.world.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgesTest {
    private static double sharpness(RgbImage picture) {
        return Edges.sharpness(List.of(Edges.of(picture)), new int[] {0});
    }

    private static RgbImage scene(int count, Arrangement arrangement) {
        Scene scene =
                new Scene(count, Shape.values()[0], Colour.values()[0], arrangement, Background.WHITE, Style.FLAT);
        return new RgbImage(Picture.SIZE, Picture.SIZE, SceneRenderer.render(scene, 1));
    }

    /** Each pixel becomes the mean of itself and its neighbours on the right and below. */
    private static RgbImage blurred(RgbImage picture) {
        byte[] rgb = picture.rgb().clone();
        int row = 3 * picture.width();
        for (int i = 0; i < rgb.length - row - 3; i++) {
            int sum = (picture.rgb()[i] & 0xff) + (picture.rgb()[i + 3] & 0xff) + (picture.rgb()[i + row] & 0xff);
            rgb[i] = (byte) (sum / 3);
        }
        return new RgbImage(picture.height(), picture.width(), rgb);
    }

    @Test
    void blur_lowers_sharpness() {
        RgbImage picture = scene(3, Arrangement.SIDE_BY_SIDE);

        assertTrue(sharpness(blurred(picture)) < 0.9 * sharpness(picture));
    }

    @Test
    void fewer_objects_are_no_blur() {
        assertEquals(
                sharpness(scene(4, Arrangement.SIDE_BY_SIDE)),
                sharpness(scene(2, Arrangement.SIDE_BY_SIDE)),
                0.15,
                "a ratio");
    }

    @Test
    void a_plain_colour_has_no_edges() {
        assertEquals(0, sharpness(new RgbImage(8, 8, new byte[192])));
    }
}
