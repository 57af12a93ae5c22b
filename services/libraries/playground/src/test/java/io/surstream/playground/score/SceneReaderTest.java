package io.surstream.playground.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.playground.world.Arrangement;
import io.surstream.playground.world.Background;
import io.surstream.playground.world.Colour;
import io.surstream.playground.world.PlaygroundImage;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneRenderer;
import io.surstream.playground.world.SceneSpace;
import io.surstream.playground.world.Shape;
import io.surstream.playground.world.SplitMix64;
import io.surstream.playground.world.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SceneReaderTest {

    @Test
    void reads_at_least_99_percent_of_true_scenes_right_in_every_attribute() {
        ScoreTable table = score(everyNth(5), UnaryOperator.identity());
        for (Attribute attribute : Attribute.values()) {
            assertTrue(table.get(attribute).rate() >= 0.99, table::toText);
        }
    }

    @Test
    void reads_every_held_out_scene_as_well() {
        ScoreTable table = score(SceneSpace.heldOut(), UnaryOperator.identity());
        for (Attribute attribute : Attribute.values()) {
            assertTrue(table.get(attribute).rate() >= 0.99, table::toText);
        }
    }

    @Test
    void reads_slightly_blurred_and_noisy_images_nearly_as_well() {
        ScoreTable table = score(everyNth(11), image -> Blur.of(image, 0.8, 8));
        for (Attribute attribute : Attribute.values()) {
            assertTrue(table.get(attribute).rate() >= 0.97, table::toText);
        }
    }

    @Test
    void empty_images_and_pure_noise_read_as_something_without_failing() {
        byte[] white = new byte[PlaygroundImage.SIZE * PlaygroundImage.SIZE * 3];
        Arrays.fill(white, (byte) 250);
        assertEquals(Reading.nothing(Background.WHITE), SceneReader.read(new PlaygroundImage(white)));
        SplitMix64 random = new SplitMix64(1);
        byte[] noise = new byte[white.length];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.below(256);
        }
        Reading reading = SceneReader.read(new PlaygroundImage(noise));
        assertTrue(reading.count() >= 0, reading::toString);
    }

    @Test
    void objects_of_two_colours_have_no_colour() {
        Scene red = new Scene(2, Shape.SQUARE, Colour.RED, Arrangement.SIDE_BY_SIDE, Background.WHITE, Style.FLAT);
        Scene blue = new Scene(2, Shape.SQUARE, Colour.BLUE, Arrangement.SIDE_BY_SIDE, Background.WHITE, Style.FLAT);
        byte[] halves = SceneRenderer.render(red, 1);
        byte[] other = SceneRenderer.render(blue, 1);
        for (int i = 0; i < halves.length; i++) {
            halves[i] = i / 3 % PlaygroundImage.SIZE < PlaygroundImage.SIZE / 2 ? halves[i] : other[i];
        }
        Reading mixed = SceneReader.read(new PlaygroundImage(halves));
        assertEquals(2, mixed.count());
        assertEquals(Optional.empty(), mixed.colour());
        assertEquals(Optional.of(Arrangement.SIDE_BY_SIDE), mixed.arrangement());
    }

    @Test
    void an_image_of_another_scene_is_scored_wrong() {
        Scene asked = SceneSpace.all().get(0);
        Scene other = SceneSpace.all().get(SceneSpace.all().size() - 1);
        Score score = Score.of(asked, SceneReader.read(SceneRenderer.image(other, 1)));
        assertTrue(score.right().values().stream().noneMatch(right -> right), score::toString);
    }

    private static List<Scene> everyNth(int n) {
        List<Scene> scenes = new ArrayList<>();
        for (int i = 0; i < SceneSpace.all().size(); i += n) {
            scenes.add(SceneSpace.all().get(i));
        }
        return scenes;
    }

    private static ScoreTable score(List<Scene> scenes, UnaryOperator<PlaygroundImage> change) {
        List<Score> scores = new ArrayList<>();
        for (Scene scene : scenes) {
            PlaygroundImage image = change.apply(SceneRenderer.image(scene, 1000 + scores.size()));
            scores.add(Score.of(scene, SceneReader.read(image)));
        }
        return ScoreTable.of(scores);
    }
}
