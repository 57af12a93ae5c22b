package io.surstream.playground.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SceneSpaceTest {

    @Test
    void every_possible_scene_is_listed_once() {
        assertEquals(6 * 8 * 4 * 2 * (1 + 3 + 4 + 4), SceneSpace.all().size());
        assertEquals(SceneSpace.all().size(), new HashSet<>(SceneSpace.all()).size());
    }

    @Test
    void about_a_tenth_is_held_out_and_the_choice_never_changes() {
        assertEquals(
                SceneSpace.all().size(),
                SceneSpace.training().size() + SceneSpace.heldOut().size());
        assertEquals(462, SceneSpace.heldOut().size(), 30);
        assertEquals(809271450, print(SceneSpace.heldOut()));
    }

    @Test
    void every_attribute_value_and_every_pair_of_count_and_arrangement_appears_in_training() {
        List<Function<Scene, Object>> attributes = List.of(
                Scene::count,
                Scene::shape,
                Scene::colour,
                Scene::arrangement,
                Scene::background,
                Scene::style,
                scene -> List.of(scene.count(), scene.arrangement()));
        for (Function<Scene, Object> attribute : attributes) {
            assertEquals(values(SceneSpace.all(), attribute), values(SceneSpace.training(), attribute));
            assertEquals(values(SceneSpace.all(), attribute), values(SceneSpace.heldOut(), attribute));
        }
    }

    @Test
    void impossible_scenes_are_refused() {
        assertTrue(refusal(0, Arrangement.ALONE).contains("scene count must be 1..4 but is 0"));
        assertTrue(refusal(5, Arrangement.SCATTERED).contains("5"));
        assertTrue(refusal(2, Arrangement.IN_A_CIRCLE).contains("'in a circle' is not possible with 2"));
        assertTrue(refusal(1, Arrangement.STACKED).contains("'stacked' is not possible with 1"));
        assertTrue(refusal(3, Arrangement.ALONE).contains("'alone' is not possible with 3"));
    }

    private static int print(List<Scene> scenes) {
        StringBuilder words = new StringBuilder();
        scenes.forEach(s -> words.append(s.count())
                .append(s.shape().words())
                .append(s.colour().words())
                .append(s.arrangement().words())
                .append(s.background().words())
                .append(s.style().words()));
        return words.toString().hashCode();
    }

    private static Set<Object> values(List<Scene> scenes, Function<Scene, Object> attribute) {
        Set<Object> values = new HashSet<>();
        scenes.forEach(scene -> values.add(attribute.apply(scene)));
        return values;
    }

    private static String refusal(int count, Arrangement arrangement) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> new Scene(count, Shape.RING, Colour.RED, arrangement, Background.SAND, Style.FLAT))
                .getMessage();
    }
}
