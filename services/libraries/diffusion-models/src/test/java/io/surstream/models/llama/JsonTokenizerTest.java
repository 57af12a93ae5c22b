package io.surstream.models.llama;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.surstream.models.ModelFolderException;
import io.surstream.testsupport.fixtures.Golden;
import io.surstream.testsupport.fixtures.TinyTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTokenizerTest {
    private static final String STORIES = "../data/stories15M-hf";

    @TempDir
    Path temp;

    private long[] ids(String json, String text) throws IOException {
        Path file = Files.writeString(temp.resolve("tokenizer.json"), json);
        try (JsonTokenizer tokenizer = JsonTokenizer.open(file)) {
            return tokenizer.encode(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"WordLevel", "BPE"})
    void the_smallest_file_with_words_between_spaces_is_enough(String model) throws IOException {
        assertArrayEquals(new long[] {61, 63}, ids(TinyTeacher.words(model), "a  c"));
    }

    @Test
    void bytes_are_merged_behind_a_pattern_as_llama_3_qwen_and_smollm_do() throws IOException {
        String json = """
                {"version": "1.0", "added_tokens": [{"id": 9, "content": "<|begin|>", "special": true, "single_word": false,
                  "lstrip": false, "rstrip": false, "normalized": false}],
                 "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
                   {"type": "Split", "pattern": {"Regex": "[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}{1,3}"}, "behavior": "Isolated", "invert": false},
                   {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false}]},
                 "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<|begin|>", "type_id": 0}},
                   {"Sequence": {"id": "A", "type_id": 0}}], "pair": [{"Sequence": {"id": "A", "type_id": 0}}],
                   "special_tokens": {"<|begin|>": {"id": "<|begin|>", "ids": [9], "tokens": ["<|begin|>"]}}},
                 "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "Ġ": 2, "ab": 3, "Ġab": 4, "Ã": 5, "©": 6}, "merges": ["a b", "Ġ ab"]}}
                """;

        assertArrayEquals(new long[] {9, 3, 4, 5, 6}, ids(json, "ab ab\u00e9"));
    }

    @Test
    void what_the_file_says_about_cutting_and_padding_is_left_out() throws IOException {
        String json = TinyTeacher.words("WordLevel").replace("\"version\": \"1.0\",", """
                "version": "1.0",
                "truncation": {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0},
                "padding": {"strategy": {"Fixed": 8}, "direction": "Left", "pad_to_multiple_of": null, "pad_id": 0,
                            "pad_type_id": 0, "pad_token": "w0"},
                """);

        assertArrayEquals(new long[] {1, 2, 3}, ids(json, "w0 w1 w2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "nonsense", "{\"model\": {\"type\": \"WordLevel\"}}", "{\"model\": {\"type\": \"New\"}}"})
    void a_file_that_is_no_tokenizer_is_refused_by_name(String json) {
        Exception refusal = assertThrows(ModelFolderException.class, () -> ids(json, "a"));
        assertTrue(refusal.getMessage().contains("tokenizer.json"), refusal.getMessage());
    }

    @Test
    void byte_fallback_spells_what_the_vocabulary_lacks() {
        Optional<Path> stories = Golden.shared(STORIES);
        assumeTrue(stories.isPresent(), () -> Golden.absent(STORIES));
        try (JsonTokenizer tokenizer = JsonTokenizer.open(stories.get().resolve("tokenizer.json"))) {
            // the vocabulary in that folder is Mistral's, whatever its model was trained with
            assertArrayEquals(new long[] {1, 5713, 3714, 264, 727}, tokenizer.encode("Once upon a time"));
            // U+20000 as <0xF0> <0xA0> <0x80> <0x80>; byte b is token b + 3
            assertArrayEquals(
                    new long[] {1, 28705, 0xF0 + 3, 0xA0 + 3, 0x80 + 3, 0x80 + 3}, tokenizer.encode("\uD840\uDC00"));
            assertArrayEquals(tokenizer.encode("a \uFFFD b"), tokenizer.encode("a \uD800 b"));
        }
    }
}
