package io.surstream.curator.parse;

import static io.surstream.curator.parse.PageItemsTest.all;
import static io.surstream.curator.parse.PageItemsTest.kept;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageFolderItemsTest {

    @Test
    void a_line_gives_image_sentence_and_keyword_prompt() {
        List<FilterResult<SourceItem>> items =
                read("{\"file_name\": \"a.png\", \"text\": \"a cat\", \"prompt\": \"cat, 8k\"}\r\n\n");

        assertEquals(
                List.of(FilterResult.kept(new SourceItem(
                        "train/a.png", "cat, 8k", "", "a cat", new ImageLocation.Named("train/a.png"), List.of()))),
                items);
    }

    @Test
    void a_broken_line_costs_only_itself() {
        List<FilterResult<SourceItem>> items = read(
                "{\"file_name\": \n[1]\n{\"prompt\": \"p\"}\n\u00ff\n" + "{\"file_name\": \"b\", \"prompt\": \"p\"}");

        assertEquals(5, items.size());
        assertEquals(FilterResult.rejected(Stage.PARSE, "broken-json"), items.get(0));
        assertEquals(FilterResult.rejected(Stage.PARSE, "broken-json"), items.get(1));
        assertEquals(FilterResult.rejected(Stage.PARSE, "without-image"), items.get(2));
        assertEquals(FilterResult.rejected(Stage.PARSE, "broken-json"), items.get(3));
        assertEquals("train/b", kept(items.get(4)).id());
    }

    @Test
    void a_line_without_end_is_passed_over_without_being_held() {
        List<FilterResult<SourceItem>> items =
                read("x".repeat(3_000_000) + "\n{\"file_name\": \"b\", \"prompt\": \"p\"}");

        assertEquals(FilterResult.rejected(Stage.PARSE, "line-too-long"), items.get(0));
        assertEquals("train/b", kept(items.get(1)).id());
    }

    private static List<FilterResult<SourceItem>> read(String metadata) {
        return all(new ImageFolderItems(
                new ByteArrayInputStream(metadata.getBytes(StandardCharsets.ISO_8859_1)), "train/"));
    }
}
