package io.surstream.playground.captions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.playground.world.Arrangement;
import io.surstream.playground.world.Background;
import io.surstream.playground.world.Colour;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.Shape;
import io.surstream.playground.world.Style;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeywordCaptionsTest {
    private static final Scene HEARTS =
            new Scene(2, Shape.HEART, Colour.BLUE, Arrangement.SIDE_BY_SIDE, Background.WHITE, Style.FLAT);

    @Test
    void the_exact_caption_names_count_shape_colour_arrangement_background_style() {
        assertEquals("2 heart, blue, side by side, white background, flat", KeywordCaptions.of(HEARTS));
    }

    @Test
    void variations_reorder_and_drop_parts_but_never_count_and_shape() {
        Set<String> parts = Set.of("blue", "side by side", "white background", "flat");
        Set<String> seen = new TreeSet<>();
        int exact = 0;
        for (long seed = 0; seed < 1000; seed++) {
            String caption = KeywordCaptions.varied(HEARTS, seed);
            assertEquals(caption, KeywordCaptions.varied(HEARTS, seed));
            String[] said = caption.split(", ");
            assertEquals("2 heart", said[0]);
            for (int i = 1; i < said.length; i++) {
                assertTrue(parts.contains(said[i]), caption);
            }
            seen.add(caption);
            exact += caption.equals(KeywordCaptions.of(HEARTS)) ? 1 : 0;
        }
        int exactCaptions = exact;
        assertTrue(exactCaptions > 250 && exactCaptions < 550, () -> exactCaptions + " of 1000 exact");
        assertTrue(seen.size() > 40, () -> seen.size() + " different");
    }
}
