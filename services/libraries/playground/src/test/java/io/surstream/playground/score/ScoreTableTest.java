package io.surstream.playground.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.playground.world.Arrangement;
import io.surstream.playground.world.Background;
import io.surstream.playground.world.Colour;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.Shape;
import io.surstream.playground.world.Style;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreTableTest {
    private static final Scene ROW =
            new Scene(3, Shape.STAR, Colour.RED, Arrangement.SIDE_BY_SIDE, Background.GRASS, Style.FLAT);
    private static final Scene ONE =
            new Scene(1, Shape.STAR, Colour.RED, Arrangement.ALONE, Background.GRASS, Style.FLAT);

    @Test
    void wilson_intervals_have_the_published_values() {
        Proportion nine = new Proportion(9, 10);
        assertEquals(0.5958, nine.lower(), 1e-4);
        assertEquals(0.9821, nine.upper(), 1e-4);
        Proportion none = new Proportion(0, 20);
        assertEquals(0, none.lower(), 1e-12);
        assertEquals(0.1611, none.upper(), 1e-4);
        assertEquals(1, new Proportion(20, 20).upper(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> new Proportion(3, 2));
    }

    @Test
    void the_arrangement_of_one_object_is_not_scored_and_does_not_spoil_the_rest() {
        Score score = Score.of(ONE, reading(1, Colour.RED, Arrangement.ALONE));
        assertFalse(score.right().containsKey(Attribute.ARRANGEMENT));
        assertTrue(score.right().get(Attribute.TOGETHER));
    }

    @Test
    void together_needs_colour_count_and_arrangement() {
        assertTrue(together(reading(3, Colour.RED, Arrangement.SIDE_BY_SIDE)));
        assertFalse(together(reading(2, Colour.RED, Arrangement.SIDE_BY_SIDE)));
        assertFalse(together(reading(3, Colour.PINK, Arrangement.SIDE_BY_SIDE)));
        assertFalse(together(reading(3, Colour.RED, Arrangement.SCATTERED)));
        assertFalse(together(Reading.nothing(Background.GRASS)));
    }

    @Test
    void a_table_counts_each_attribute_over_the_images_where_it_is_scored() {
        ScoreTable table = ScoreTable.of(List.of(
                Score.of(ROW, reading(3, Colour.RED, Arrangement.STACKED)),
                Score.of(ONE, reading(1, Colour.BLUE, Arrangement.ALONE))));
        assertEquals(2, table.images());
        assertEquals(new Proportion(2, 2), table.get(Attribute.COUNT));
        assertEquals(new Proportion(1, 2), table.get(Attribute.COLOUR));
        assertEquals(new Proportion(0, 1), table.get(Attribute.ARRANGEMENT));
        assertEquals(new Proportion(0, 2), table.get(Attribute.TOGETHER));
        assertTrue(table.toText().contains("count+colour+arrangement together"), table.toText());
        assertTrue(table.toText().contains("0/1"), table.toText());
    }

    private static boolean together(Reading reading) {
        return Score.of(ROW, reading).right().get(Attribute.TOGETHER);
    }

    private static Reading reading(int count, Colour colour, Arrangement arrangement) {
        return new Reading(
                count,
                Optional.of(Shape.STAR),
                Optional.of(colour),
                Optional.of(arrangement),
                Background.GRASS,
                Optional.of(Style.FLAT));
    }
}
