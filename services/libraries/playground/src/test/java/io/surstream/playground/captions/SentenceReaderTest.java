package io.surstream.playground.captions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.playground.world.Arrangement;
import io.surstream.playground.world.Background;
import io.surstream.playground.world.Colour;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneSpace;
import io.surstream.playground.world.Shape;
import io.surstream.playground.world.Style;
import org.junit.jupiter.api.Test;

class SentenceReaderTest {

    @Test
    void every_sentence_of_the_phrasebook_agrees_with_its_scene() {
        for (Split split : Split.values()) {
            int right = 0;
            for (int i = 0; i < SceneSpace.all().size(); i++) {
                Scene scene = SceneSpace.all().get(i);
                right += SentenceReader.agreement(PlainCaptions.of(scene, i, split), scene) == 1 ? 1 : 0;
            }

            assertTrue(right >= 0.995 * SceneSpace.all().size(), split + ": " + right + " right");
        }
    }

    @Test
    void each_wrong_attribute_costs_a_sixth() {
        Scene scene = new Scene(2, Shape.HEART, Colour.BLUE, Arrangement.STACKED, Background.GRASS, Style.FLAT);
        String sentence = "a pair of blue hearts stacked like a tower on the lawn with no outline";

        assertEquals(1, SentenceReader.agreement(sentence, scene));
        assertEquals(5 / 6.0, SentenceReader.agreement(sentence.replace("blue", "red"), scene));
        assertEquals(4 / 6.0, SentenceReader.agreement(sentence.replace("a pair of blue", "four red"), scene));
        assertEquals(0, SentenceReader.agreement("a photograph of a cat", scene));
    }
}
