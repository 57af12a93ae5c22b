package io.surstream.curator.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.surstream.curator.parse.ImageLocation;
import io.surstream.curator.parse.SourceItem;
import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final ImageLocation IMAGE = new ImageLocation.Remote("http://x/1");

    private final PromptStage prompts = new PromptStage(20);

    @Test
    void a_prompt_must_be_there_short_enough_and_text() {
        assertEquals(FilterResult.kept(item("a cat\n8k")), prompts.check(item("a cat\n8k")));
        assertEquals(FilterResult.kept(item("🦊 狐")), prompts.check(item("🦊 狐")));
        assertEquals(FilterResult.rejected(Stage.PROMPT, "without-prompt"), prompts.check(item(" \t\n")));
        assertEquals(FilterResult.rejected(Stage.PROMPT, "prompt-too-long"), prompts.check(item("x".repeat(21))));
        assertEquals(FilterResult.rejected(Stage.PROMPT, "prompt-not-text"), prompts.check(item("a\u0000b")));
        assertEquals(FilterResult.rejected(Stage.PROMPT, "prompt-not-text"), prompts.check(item("a\ud800b")));
    }

    @Test
    void the_first_of_equal_digests_stays() {
        Deduplicator ids = Deduplicator.ids();
        ids.add(Digest64.of("known"));

        assertEquals(FilterResult.kept("one"), ids.first(Digest64.of("1"), "one"));
        assertEquals(FilterResult.rejected(Stage.DEDUPLICATE, "same-id"), ids.first(Digest64.of("1"), "again"));
        assertEquals(FilterResult.rejected(Stage.DEDUPLICATE, "same-id"), ids.first(Digest64.of("known"), "again"));
    }

    @Test
    void where_one_part_ends_and_the_next_begins_makes_another_digest() {
        assertNotEquals(Digest64.of("ab", "c"), Digest64.of("a", "bc"));
        assertNotEquals(Digest64.of("a", ""), Digest64.of("a"));
        // SHA-256 of 0, 0, 0, 1, 'a'.
        assertEquals("72ff6b02949dad95006c343e3db3150090d3afb49f6bbdb92fdc17607997a85c", Digest64.hex("a"));
    }

    @Test
    void whole_words_of_either_prompt_flag_an_item_in_any_case() {
        SafetyStage safety = new SafetyStage(List.of("nude", "very bad"), false);

        assertEquals(List.of("word:nude"), flags(safety, item("a NUDE, oil")));
        assertEquals(List.of("word:very bad"), flags(safety, item("Very bad")));
        assertEquals(List.of(), flags(safety, item("denuded land")));
        assertEquals(
                List.of("source:X", "word:nude"), flags(safety, item("nude").withFlags(List.of("source:X"))));
    }

    @Test
    void negative_prompts_do_not_flag() {
        SourceItem careful = new SourceItem("1", "a cat", "nude, nsfw", "", IMAGE, List.of());

        assertEquals(List.of(), flags(new SafetyStage(SafetyStage.standardWords(), true), careful));
    }

    @Test
    void flagged_items_are_dropped_where_that_is_asked() {
        SafetyStage safety = new SafetyStage(List.of("nude"), true);

        assertEquals(FilterResult.rejected(Stage.SAFETY, "unsafe"), safety.check(item("nude")));
        assertEquals(FilterResult.kept(item("a cat")), safety.check(item("a cat")));
    }

    @Test
    void an_empty_list_of_words_flags_nothing() {
        assertEquals(List.of(), flags(new SafetyStage(List.of(), true), item("nude")));
    }

    private static List<String> flags(SafetyStage safety, SourceItem item) {
        return ((FilterResult.Kept<SourceItem>) safety.check(item)).value().flags();
    }

    private static SourceItem item(String prompt) {
        return new SourceItem("1", prompt, "", "", IMAGE, List.of());
    }
}
