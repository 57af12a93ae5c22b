package io.surstream.playground.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SceneRendererTest {
    private static final Scene HEARTS =
            new Scene(2, Shape.HEART, Colour.BLUE, Arrangement.SIDE_BY_SIDE, Background.WHITE, Style.FLAT);

    @Test
    void the_same_scene_and_seed_give_the_same_bytes_and_another_seed_gives_others() {
        assertArrayEquals(SceneRenderer.render(HEARTS, 7), SceneRenderer.render(HEARTS, 7));
        assertFalse(Arrays.equals(SceneRenderer.render(HEARTS, 7), SceneRenderer.render(HEARTS, 8)));
    }

    /** A changed sum means that images changed: models trained before see another world. */
    @Test
    void the_images_are_the_same_on_every_machine() {
        CRC32 sum = new CRC32();
        for (int i = 0; i < SceneSpace.all().size(); i += 37) {
            sum.update(SceneRenderer.render(SceneSpace.all().get(i), i));
        }
        assertEquals(4198549138L, sum.getValue());
    }

    @Test
    void fillings_have_the_exact_colour_and_corners_are_background() {
        for (Scene scene : SceneSpace.all()) {
            if (scene.count() == 1 && scene.shape() != Shape.RING) {
                PlaygroundImage image = SceneRenderer.image(scene, 3);
                assertEquals(scene.colour().rgb(), at(image, 32, 32), scene.toString());
                assertTrue(scene.background().rgb().distance(at(image, 0, 0)) < 110, scene.toString());
            }
        }
    }

    @Test
    void objects_never_leave_the_image_and_never_come_close() {
        SplitMix64 random = new SplitMix64(1);
        for (int i = 0; i < 3000; i++) {
            Scene scene = random.pick(SceneSpace.all());
            Layout layout = Layout.of(scene.count(), scene.arrangement(), random);
            double reach = layout.radius() * SignedDistanceShape.REACH;
            List<Point> centres = layout.centres();
            for (int a = 0; a < centres.size(); a++) {
                Point p = centres.get(a);
                assertTrue(Math.min(p.x(), p.y()) - reach > 0.5, scene.toString());
                assertTrue(Math.max(p.x(), p.y()) + reach < PlaygroundImage.SIZE - 0.5, scene.toString());
                for (int b = 0; b < a; b++) {
                    Point q = centres.get(b);
                    double gap = Math.max(Math.abs(p.x() - q.x()), Math.abs(p.y() - q.y())) - 2 * reach;
                    assertTrue(gap > 2 || p.distance(q) > 2.5 * layout.radius(), scene + " gap " + gap);
                }
            }
            assertEquals(scene.arrangement(), LayoutRules.of(centres), scene.toString());
        }
    }

    @Test
    void a_fast_pixel_equals_sixteen_samples() {
        SignedDistanceShape heart = SignedDistanceShape.heart();
        Point centre = new Point(20.3, 25.7);
        Canvas canvas = new Canvas(new Rgb(0, 0, 0));
        canvas.draw(heart, centre, 11, new Rgb(160, 0, 0), 1.5, new Rgb(0, 160, 0));
        PlaygroundImage image = new PlaygroundImage(canvas.rgb());
        for (int y = 0; y < PlaygroundImage.SIZE; y++) {
            for (int x = 0; x < PlaygroundImage.SIZE; x++) {
                int filled = 0;
                int lined = 0;
                for (int s = 0; s < 16; s++) {
                    double depth = 11
                            * heart.distance(
                                    (x + (s % 4 + 0.5) / 4 - centre.x()) / 11,
                                    (y + (s / 4 + 0.5) / 4 - centre.y()) / 11);
                    filled += depth <= -1.5 ? 1 : 0;
                    lined += depth > -1.5 && depth < 0 ? 1 : 0;
                }
                assertEquals(new Rgb(filled * 10, lined * 10, 0), at(image, x, y));
            }
        }
    }

    @Test
    void an_image_survives_its_png() throws IOException {
        PlaygroundImage image = SceneRenderer.image(HEARTS, 7);
        assertArrayEquals(image.rgb(), PlaygroundImage.fromPng(image.toPng()).rgb());
    }

    @Test
    void files_that_are_no_playground_image_are_refused() {
        byte[] sheet = new Sheet(1, 1)
                .add(SceneRenderer.image(HEARTS, 7), "two hearts")
                .toPng();
        assertTrue(assertThrows(IOException.class, () -> PlaygroundImage.fromPng(sheet))
                .getMessage()
                .contains("not an image of 64×64 pixels but"));
        assertThrows(IOException.class, () -> PlaygroundImage.fromPng(new byte[] {1, 2, 3}));
        assertThrows(IllegalArgumentException.class, () -> new PlaygroundImage(new byte[5]));
    }

    private static Rgb at(PlaygroundImage image, int x, int y) {
        return new Rgb(image.at(x, y, 0), image.at(x, y, 1), image.at(x, y, 2));
    }
}
