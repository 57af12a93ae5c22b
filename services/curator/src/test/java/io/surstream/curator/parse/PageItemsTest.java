package io.surstream.curator.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.curator.report.FilterResult;
import io.surstream.curator.report.Stage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PageItemsTest {
    private static final String PAGE = """
            {"metadata": {"images": [1]}, "items": [
              {"id": 1, "modelVersions": [
                {"images": [
                  {"meta": {"prompt": "a cat", "seed": 3, "negativePrompt": "dog"}, "id": 7, "url": "http://x/7.jpeg", "nsfw": "None"},
                  {"id": 8, "url": "http://x/8.jpeg", "meta": null, "nsfw": "X"}], "id": 2},
                {"images": []}], "nsfw": true},
              {"id": 3, "modelVersions": [{"images": [{"id": 9, "url": "http://x/9", "meta": {"prompt": {"no": "text"}}}]}]}]}
            """;

    @Test
    void civitai_pages_give_every_image_of_every_version_with_its_words() {
        List<FilterResult<SourceItem>> items = civitai(PAGE);

        assertEquals(3, items.size());
        assertEquals(
                FilterResult.kept(new SourceItem(
                        "7", "a cat", "dog", "", new ImageLocation.Remote("http://x/7.jpeg"), List.of())),
                items.get(0));
        SourceItem withoutMeta = kept(items.get(1));
        assertEquals("", withoutMeta.prompt());
        assertEquals(List.of("source:X"), withoutMeta.flags());
        assertEquals("", kept(items.get(2)).prompt());
    }

    @Test
    void pages_of_the_images_api_give_each_image_of_the_list() {
        String image = "\"url\": \"https://c/%1$d.jpeg\", \"id\": %1$d, \"nsfwLevel\": \"%2$s\", \"meta\": %3$s}";
        String page = "{\"items\": [{" + image.formatted(101, "None", "{\"prompt\": \"a red cube, <lora:cubes:0.8>\"}")
                + ", {" + image.formatted(102, "Mature", "null")
                + ", {" + image.formatted(103, "None", "{\"prompt\": \"a blue sphere\", \"negativePrompt\": \"low\"}")
                + "], \"metadata\": {\"nextCursor\": \"x\", \"nextPage\": \"https://c/api?cursor=x\"}}";

        List<FilterResult<SourceItem>> items = civitai(page);

        assertEquals(3, items.size());
        assertEquals("101", kept(items.get(0)).id());
        assertEquals("a red cube, <lora:cubes:0.8>", kept(items.get(0)).prompt());
        assertEquals("", kept(items.get(1)).prompt());
        assertEquals(List.of("source:Mature"), kept(items.get(1)).flags());
        assertEquals("low", kept(items.get(2)).negativePrompt());
        assertEquals(
                new ImageLocation.Remote("https://c/103.jpeg"),
                kept(items.get(2)).image());
    }

    @Test
    void a_prompt_is_found_in_meta_in_meta_of_meta_and_beside_it() {
        String words = "\"prompt\": \"a red cube\", \"negativePrompt\": \"lowres\"";
        String image = "{\"id\": 1, \"url\": \"http://x/1\", ";
        for (String inside : List.of(
                "\"meta\": {" + words + "}",
                "\"meta\": {\"id\": 1, \"meta\": {\"seed\": 1, " + words + "}}",
                "\"meta\": {\"id\": 1, \"prompt\": null, \"meta\": {" + words + "}}",
                "\"meta\": {\"meta\": null}, " + words,
                words)) {
            for (String page : List.of(
                    "{\"items\": [" + image + inside + "}]}",
                    "{\"items\": [{\"modelVersions\": [{\"images\": [" + image + inside + "}]}]}]}")) {
                List<FilterResult<SourceItem>> items = civitai(page);

                assertEquals(1, items.size(), page);
                assertEquals("a red cube", kept(items.get(0)).prompt(), page);
                assertEquals("lowres", kept(items.get(0)).negativePrompt(), page);
            }
        }
    }

    @Test
    void images_are_found_in_every_answer_of_the_api() throws IOException {
        String image = "{\"id\": 7, \"url\": \"http://x/7\", \"meta\": {\"prompt\": \"a cat\"}}";
        for (String document : List.of(
                "[" + image + "]",
                image,
                "{\"id\": 1, \"modelVersions\": [{\"id\": 2, \"images\": [" + image + "]}, {\"id\": 3}]}",
                "{\"id\": 2, \"modelId\": 1, \"images\": [" + image + "]}",
                "{\"result\": {\"data\": {\"json\": {\"nextCursor\": 5, \"items\": [" + image + "]}}}}",
                "[{\"result\": {\"data\": {\"json\": {\"items\": [" + image + "]}}}}]")) {
            List<FilterResult<SourceItem>> items = civitai(document);

            assertEquals(1, items.size(), document);
            assertEquals("a cat", kept(items.get(0)).prompt(), document);
            assertEquals("civitai", look(document), document);
        }
    }

    @Test
    void lexica_answers_and_plain_arrays_of_the_same_give_the_same() {
        String image =
                "{\"id\": \"a-1\", \"src\": \"https://l/a-1\", \"prompt\": \"a fox\", \"nsfw\": true, \"grid\": [[{}]]}";

        List<FilterResult<SourceItem>> answer = lexica("{\"images\": [" + image + "]}");

        assertEquals("a fox", kept(answer.get(0)).prompt());
        assertEquals(List.of("source:nsfw"), kept(answer.get(0)).flags());
        assertEquals(answer, lexica("[" + image + "]"));
        assertEquals(
                2,
                lexica("{\"images\": [" + image + "]}\n{\"images\": [" + image + "]}")
                        .size());
    }

    @Test
    void an_image_without_name_or_address_is_dropped_and_the_next_one_is_read() {
        List<FilterResult<SourceItem>> items = lexica(
                "{\"images\": [{\"prompt\": \"a\"}, {\"id\": 1, \"prompt\": \"b\"}, {\"src\": \"http://x/c\"}]}");

        assertEquals(FilterResult.rejected(Stage.PARSE, "without-id"), items.get(0));
        assertEquals(FilterResult.rejected(Stage.PARSE, "without-image"), items.get(1));
        assertEquals("http://x/c", kept(items.get(2)).id());
    }

    @Test
    void a_torn_page_gives_what_stands_before_the_tear() {
        List<FilterResult<SourceItem>> items = civitai(PAGE.substring(0, PAGE.indexOf("{\"images\": []}")));

        assertEquals(3, items.size());
        assertEquals(FilterResult.rejected(Stage.PARSE, "broken-json"), items.get(2));
    }

    @Test
    void documents_without_a_single_image_give_none_or_a_dropped_item_and_never_an_exception() {
        List<String> hostile = List.of(
                "",
                "null",
                "{",
                "]",
                "{\"items\": 5}",
                "{\"items\": {\"modelVersions\": []}}",
                "{\"items\": [[[]], 5, {\"modelVersions\": [null, {\"images\": \"x\"}]}]}",
                "[".repeat(100_000),
                "{\"items\": [{\"x\": ".repeat(10_000),
                "{\"items\": [{\"modelVersions\": [{\"images\": [{\"id\": \"" + "9".repeat(2_000_000) + "\"}]}]}]}",
                "\u0000\u0001\u0002");

        for (String document : hostile) {
            List<FilterResult<SourceItem>> items = civitai(document);

            assertTrue(
                    items.stream().allMatch(FilterResult.Rejected.class::isInstance),
                    () -> document.substring(0, Math.min(100, document.length())));
        }
    }

    @Test
    void no_byte_changed_anywhere_makes_a_parser_throw() {
        Random random = new Random(7);
        byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 5_000; i++) {
            byte[] changed = page.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);

            List<FilterResult<SourceItem>> items = civitai(changed);

            assertTrue(items.size() <= 5, () -> new String(changed, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void the_looks_of_a_page_tell_its_kind() throws IOException {
        assertEquals("civitai", look(PAGE));
        assertEquals("lexica", look("{\"images\": []}"));
        assertEquals("lexica", look("[{\"id\": 1, \"src\": \"x\"}]"));
        assertEquals("civitai", look("{\"items\": []}"));
        assertEquals("", look("{\"file_name\": \"a.png\"}"));
        assertEquals("", look("PK\u0003\u0004"));
    }

    static SourceItem kept(FilterResult<SourceItem> outcome) {
        return ((FilterResult.Kept<SourceItem>) outcome).value();
    }

    static List<FilterResult<SourceItem>> all(ItemStream items) {
        List<FilterResult<SourceItem>> all = new ArrayList<>();
        items.forEachRemaining(all::add);
        return all;
    }

    private static List<FilterResult<SourceItem>> civitai(byte[] document) {
        try {
            return all(PageItems.civitai(new ByteArrayInputStream(document)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<FilterResult<SourceItem>> civitai(String document) {
        return civitai(document.getBytes(StandardCharsets.UTF_8));
    }

    private static List<FilterResult<SourceItem>> lexica(String document) {
        try {
            return all(PageItems.lexica(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String look(String document) throws IOException {
        return PageLook.of(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)))
                .orElse("");
    }
}
