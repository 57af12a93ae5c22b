package io.surstream.evaluation.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.image.RgbImage;
import io.surstream.playground.world.Arrangement;
import io.surstream.playground.world.Background;
import io.surstream.playground.world.Colour;
import io.surstream.playground.world.PlaygroundImage;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneRenderer;
import io.surstream.playground.world.Shape;
import io.surstream.playground.world.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgesTest {
    private static double sharpness(RgbImage image) {
        return Edges.sharpness(List.of(Edges.of(image)), new int[] {0});
    }

    private static RgbImage scene(int count, Arrangement arrangement) {
        Scene scene =
                new Scene(count, Shape.values()[0], Colour.values()[0], arrangement, Background.WHITE, Style.FLAT);
        return new RgbImage(PlaygroundImage.SIZE, PlaygroundImage.SIZE, SceneRenderer.render(scene, 1));
    }

    /** Each pixel becomes the mean of itself and its neighbours on the right and below. */
    private static RgbImage blurred(RgbImage image) {
        byte[] rgb = image.rgb().clone();
        int row = 3 * image.width();
        for (int i = 0; i < rgb.length - row - 3; i++) {
            int sum = (image.rgb()[i] & 0xff) + (image.rgb()[i + 3] & 0xff) + (image.rgb()[i + row] & 0xff);
            rgb[i] = (byte) (sum / 3);
        }
        return new RgbImage(image.height(), image.width(), rgb);
    }

    @Test
    void blur_lowers_sharpness() {
        RgbImage image = scene(3, Arrangement.SIDE_BY_SIDE);

        assertTrue(sharpness(blurred(image)) < 0.9 * sharpness(image));
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
