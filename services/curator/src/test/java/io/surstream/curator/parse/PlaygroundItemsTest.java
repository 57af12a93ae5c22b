package io.surstream.curator.parse;

import static io.surstream.curator.parse.PageItemsTest.all;
import static io.surstream.curator.parse.PageItemsTest.kept;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.curator.report.FilterResult;
import io.surstream.playground.captions.KeywordCaptions;
import io.surstream.playground.captions.SentenceReader;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneSpace;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaygroundItemsTest {

    @Test
    void the_same_numbers_give_the_same_items_and_another_seed_others() {
        List<FilterResult<SourceItem>> items = all(new PlaygroundItems(50, 7, 4));

        assertEquals(items, all(new PlaygroundItems(50, 7, 4)));
        assertNotEquals(items, all(new PlaygroundItems(50, 8, 4)));
        assertEquals(50, items.stream().map(item -> kept(item).id()).distinct().count());
    }

    @Test
    void an_image_has_one_keyword_prompt_and_several_sentences() {
        List<SourceItem> four = all(new PlaygroundItems(4, 7, 4)).stream()
                .map(PageItemsTest::kept)
                .toList();

        assertEquals(1, four.stream().map(SourceItem::image).distinct().count());
        assertEquals(1, four.stream().map(SourceItem::prompt).distinct().count());
        assertEquals(4, four.stream().map(SourceItem::simplePrompt).distinct().count());
    }

    @Test
    void sentences_are_of_the_wider_language_and_tell_their_scene() {
        List<SourceItem> items = all(new PlaygroundItems(200, 7, 1)).stream()
                .map(PageItemsTest::kept)
                .toList();

        assertTrue(items.stream().anyMatch(item -> item.simplePrompt().startsWith("please show me")), "only there");
        items.forEach(item -> {
            Scene scene = ((ImageLocation.Drawn) item.image()).scene();
            assertTrue(SentenceReader.agreement(item.simplePrompt(), scene) > 0.8, item::simplePrompt);
        });
    }

    @Test
    void every_training_scene_comes_once_before_one_comes_again_and_no_held_out_one_ever() {
        int scenes = SceneSpace.training().size();

        List<ImageLocation.Drawn> drawn = all(new PlaygroundItems(scenes, 7, 1)).stream()
                .map(item -> (ImageLocation.Drawn) kept(item).image())
                .toList();

        assertEquals(
                scenes,
                drawn.stream().map(ImageLocation.Drawn::scene).distinct().count());
        drawn.forEach(d -> assertFalse(SceneSpace.isHeldOut(d.scene()), () -> KeywordCaptions.of(d.scene())));
    }
}
