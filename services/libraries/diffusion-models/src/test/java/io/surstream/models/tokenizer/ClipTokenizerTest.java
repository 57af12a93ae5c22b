package io.surstream.models.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.models.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTokenizerTest {
    private static final Map<String, Integer> VOCAB = TinyTokenizer.vocab();

    @TempDir
    Path folder;

    private static List<String> pieces(ClipTokenizer tokenizer, String text) {
        return tokenizer.tokenize(text).stream().map(Token::piece).toList();
    }

    @Test
    void words_are_merged_and_marked_at_their_end() throws IOException {
        ClipTokenizer tokenizer = TinyTokenizer.vocabAndMerges(folder);
        assertEquals(List.of("cat</w>", "do", "t</w>", "7</w>", "1</w>", "!!</w>"), pieces(tokenizer, "Cat  dot 71!!"));
    }

    @Test
    void text_is_cut_before_the_end_and_padded_behind_it() throws IOException {
        ClipTokenizer tokenizer = TinyTokenizer.vocabAndMerges(folder);
        long start = VOCAB.get(TinyTokenizer.START);
        long end = VOCAB.get(TinyTokenizer.END);
        long cat = VOCAB.get("cat</w>");
        assertArrayEquals(new long[] {start, cat, end, end, end}, tokenizer.encode("cat", 5));
        assertArrayEquals(new long[] {start, cat, cat, cat, end}, tokenizer.encode("cat cat cat cat", 5));
        assertArrayEquals(new long[] {start, end}, tokenizer.encode(""));
        assertEquals(6, tokenizer.count("cat cat cat cat"));
        assertThrows(IllegalArgumentException.class, () -> tokenizer.encode("cat", 1));
    }

    @Test
    void both_kinds_of_file_give_the_same_ids() throws IOException {
        Path other = Files.createDirectory(folder.resolve("json"));
        ClipTokenizer fromVocab = TinyTokenizer.vocabAndMerges(folder);
        ClipTokenizer fromJson = TinyTokenizer.json(other, TinyTokenizer.json());
        for (String text : List.of("", "A cat, two dogs!!", "<|endoftext|> x <|EndOfText|>", "é 日本 😀 \u0000\u0007")) {
            assertArrayEquals(fromVocab.encode(text), fromJson.encode(text), text);
        }
    }

    @Test
    void a_special_token_in_the_text_is_one_token() throws IOException {
        ClipTokenizer tokenizer = TinyTokenizer.vocabAndMerges(folder);
        assertEquals(List.of("cat</w>", TinyTokenizer.END, "dog</w>"), pieces(tokenizer, "cat<|endoftext|>dog"));
    }

    @Test
    void an_sd2_tokenizer_pads_with_the_exclamation_mark_and_reads_it_so() throws IOException {
        Files.writeString(folder.resolve("special_tokens_map.json"), "{\"pad_token\": \"!\"}");
        ClipTokenizer tokenizer = TinyTokenizer.vocabAndMerges(folder);
        long pad = VOCAB.get("!");
        assertEquals(pad, tokenizer.padId());
        assertEquals(List.of("cat</w>", "!", "!"), pieces(tokenizer, "cat!!"));
    }

    @Test
    void added_tokens_are_found_by_their_own_rules() throws IOException {
        int next = VOCAB.size();
        ObjectNode root = TinyTokenizer.json();
        root.withArray("added_tokens")
                .addObject()
                .put("id", next)
                .put("content", "<Toy>")
                .put("normalized", true)
                .put("rstrip", true);
        root.withArray("added_tokens")
                .addObject()
                .put("id", next + 1)
                .put("content", "cat")
                .put("single_word", true)
                .put("normalized", false);
        ClipTokenizer tokenizer = TinyTokenizer.json(folder, root);
        assertEquals(List.of("dog</w>", "<Toy>", "dog</w>"), pieces(tokenizer, "dog<TOY>  dog"));
        assertEquals(List.of("cat", "ca", "t", "s</w>", "cat</w>"), pieces(tokenizer, "cat cats CAT"));
    }

    private ClipTokenizer withToy() throws IOException {
        Files.writeString(
                folder.resolve("added_tokens.json"),
                "{'<toy>': %d, '<toy>_1': %d, '<toy>_2': %d, '<one>': %d}"
                        .replace('\'', '"')
                        .formatted(VOCAB.size(), VOCAB.size() + 1, VOCAB.size() + 2, VOCAB.size() + 3));
        return TinyTokenizer.vocabAndMerges(folder);
    }

    @Test
    void a_concept_of_several_vectors_is_all_its_tokens() throws IOException {
        ClipTokenizer tokenizer = withToy();
        List<String> expected = List.of("cat</w>", "<toy>", "<toy>_1", "<toy>_2", "dog</w>");

        for (String text : List.of("cat <toy> dog", "cat<toy>dog", "cat <TOY> dog", "cat <toy> <toy>_1 <toy>_2 dog")) {
            assertEquals(expected, pieces(tokenizer, text), text);
        }
        assertEquals(expected.size() + 2, tokenizer.count("cat <toy> dog"));
        assertEquals(VOCAB.size() + 2, tokenizer.encode("<toy>", 8)[3]);
    }

    @Test
    void every_mention_of_a_concept_has_all_its_tokens() throws IOException {
        List<String> toy = List.of("<toy>", "<toy>_1", "<toy>_2");
        List<String> twice = new ArrayList<>(toy);
        twice.addAll(toy);

        assertEquals(twice, pieces(withToy(), "<toy> <toy>"));
        assertEquals(twice, pieces(withToy(), "<toy> <toy> <toy>_1 <toy>_2"));
        assertEquals(List.of("<one>", "<toy>_2", "<one>"), pieces(withToy(), "<one> <toy>_2 <one>"));
    }

    @Test
    void one_word_of_100000_letters_is_tokenized_whole() throws IOException {
        ClipTokenizer tokenizer = TinyTokenizer.vocabAndMerges(folder);
        assertEquals(25_000 + 2, tokenizer.count("a".repeat(100_001)) - 1);
    }

    @Test
    void lone_surrogates_read_as_the_replacement_character() throws IOException {
        ClipTokenizer tokenizer = TinyTokenizer.vocabAndMerges(folder);
        assertArrayEquals(tokenizer.encode("a\uFFFDb \uFFFD"), tokenizer.encode("a\uD83Db \uDE00"));
        assertArrayEquals(tokenizer.encode("\uFFFD\uFFFD"), tokenizer.encode("\uDE00\uD83D"));
    }

    @Test
    void whatever_the_text_its_pieces_spell_all_of_it_but_the_white_space() throws IOException {
        ClipTokenizer tokenizer = TinyTokenizer.vocabAndMerges(folder);
        Random random = new Random(11);
        for (int n = 0; n < 300; n++) {
            String text = random.ints(random.nextInt(40), 0, 0x10FFFF)
                    .map(c -> random.nextBoolean() ? c % 0x250 : c % 0x20000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            String joined = String.join("", pieces(tokenizer, text)).replace("</w>", "");
            String normal = TextNormalizer.CLIP.normalize(text).replace(" ", "");
            assertEquals(ByteAlphabet.spell(normal), joined, text);
        }
    }

    @Test
    void joining_by_queue_gives_what_joining_one_pair_after_another_gives() {
        Random random = new Random(5);
        for (int n = 0; n < 200; n++) {
            List<String[]> merges = NaiveMerges.random(random, 12);
            BytePairEncoding fast = new BytePairEncoding(merges, "</w>");
            String word = random.ints(1 + random.nextInt(30), 'a', 'd')
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            assertEquals(NaiveMerges.tokens(merges, word), fast.tokens(word), word);
            assertEquals(NaiveMerges.tokens(merges, word), fast.tokens(word), "remembered " + word);
        }
    }

    @Test
    void a_folder_without_a_tokenizer_is_refused() {
        ModelException e = assertThrows(ModelException.class, () -> ClipTokenizer.load(folder));
        assertTrue(e.getMessage().contains("tokenizer.json"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{}", "{\"a\": -1}", "{\"a\": 1.5}", "{\"a\": \"b\"}", "{\"a\": 1e30}"})
    void a_vocabulary_that_is_none_is_refused(String json) throws IOException {
        Files.writeString(folder.resolve("vocab.json"), json);
        Files.writeString(folder.resolve("merges.txt"), "");
        ModelException e = assertThrows(ModelException.class, () -> ClipTokenizer.load(folder));
        assertTrue(e.getMessage().contains("vocab.json"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"c a t", "x", "z z"})
    void a_merge_that_does_not_lead_into_the_vocabulary_is_refused(String merge) throws IOException {
        TinyTokenizer.JSON.writeValue(folder.resolve("vocab.json").toFile(), VOCAB);
        Files.writeString(folder.resolve("merges.txt"), merge);
        ModelException e = assertThrows(ModelException.class, () -> ClipTokenizer.load(folder));
        assertTrue(e.getMessage().contains("'" + merge + "'"), e.getMessage());
    }

    @Test
    void steps_that_clip_does_not_have_are_refused_by_name() throws IOException {
        ObjectNode root = TinyTokenizer.json();
        root.putObject("normalizer").put("type", "NFKC");
        ModelException e = assertThrows(ModelException.class, () -> TinyTokenizer.json(folder, root));
        assertTrue(e.getMessage().contains("normalizer is {\"type\":\"NFKC\"}"), e.getMessage());

        ObjectNode unigram = TinyTokenizer.json();
        ((ObjectNode) unigram.get("model")).put("type", "Unigram");
        e = assertThrows(ModelException.class, () -> TinyTokenizer.json(folder, unigram));
        assertTrue(e.getMessage().contains("model.type is \"Unigram\"; supported: BPE"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"<x>\": -3}", "{\"<x>\": \"seven\"}", "{\"\": 9}"})
    void an_added_token_without_text_or_id_is_refused(String json) throws IOException {
        Files.writeString(folder.resolve("added_tokens.json"), json);
        ModelException e = assertThrows(ModelException.class, () -> TinyTokenizer.vocabAndMerges(folder));
        assertTrue(e.getMessage().contains("added token '"), e.getMessage());
    }
}
