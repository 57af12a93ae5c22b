package io.surstream.playground.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.models.tokenizer.ClipTokenizer;
import io.surstream.models.tokenizer.Token;
import io.surstream.playground.captions.CaptionWords;
import io.surstream.playground.captions.KeywordCaptions;
import io.surstream.playground.captions.PlainCaptions;
import io.surstream.playground.captions.Split;
import io.surstream.playground.world.Scene;
import io.surstream.playground.world.SceneSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerFilesTest {
    private static final Pattern CLIP_WORDS =
            Pattern.compile("'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+", Pattern.CASE_INSENSITIVE);

    @TempDir
    Path folder;

    private Map<String, Integer> vocabulary;
    private List<BytePairTrainer.Pair> merges;

    @BeforeEach
    void writeAndRead() throws Exception {
        TokenizerFiles.write(folder);
        vocabulary = new ObjectMapper()
                .readValue(folder.resolve("vocab.json").toFile(), new TypeReference<Map<String, Integer>>() {});
        merges = Files.readAllLines(folder.resolve("merges.txt")).stream()
                .skip(1)
                .map(line -> line.split(" "))
                .map(pair -> new BytePairTrainer.Pair(pair[0], pair[1]))
                .toList();
    }

    @Test
    void ids_are_bytes_then_word_end_bytes_then_merges_then_the_two_specials() {
        assertEquals(512 + merges.size() + 2, vocabulary.size());
        assertEquals(vocabulary.size(), TokenizerFiles.vocabularySize());
        assertEquals(0, vocabulary.get("!"));
        assertEquals(256, vocabulary.get("!</w>"));
        assertEquals(512, vocabulary.get(merges.get(0).merged()));
        assertEquals(vocabulary.size() - 2, vocabulary.get("<|startoftext|>"));
        assertEquals(vocabulary.size() - 1, vocabulary.get("<|endoftext|>"));
        assertEquals(vocabulary.size(), new TreeSet<>(vocabulary.values()).size());
    }

    @Test
    void byte_symbols_are_those_of_gpt2() {
        List<String> symbols = TokenizerFiles.byteSymbols();
        assertEquals(256, symbols.stream().distinct().count());
        assertEquals("~", symbols.get(93));
        assertEquals("¡", symbols.get(94));
        assertEquals("ÿ", symbols.get(187));
        assertEquals("Ā", symbols.get(188));
        assertEquals("Ń", symbols.get(255));
    }

    @Test
    void every_word_of_the_captions_is_one_token() {
        CaptionWords.counts().keySet().forEach(word -> assertEquals(List.of(word + "</w>"), encode(word), word));
    }

    @Test
    void captions_of_both_styles_and_splits_are_whole_words_and_fit() {
        List<Scene> scenes = SceneSpace.all();
        for (int i = 0; i < scenes.size(); i++) {
            Scene scene = scenes.get(i);
            for (String caption : List.of(
                    KeywordCaptions.of(scene),
                    PlainCaptions.of(scene, i, Split.TRAIN),
                    PlainCaptions.of(scene, i, Split.WIDER),
                    PlainCaptions.of(scene, i, Split.TEST))) {
                List<String> tokens = encode(caption);
                assertTrue(tokens.stream().allMatch(token -> token.endsWith("</w>")), caption);
                assertTrue(tokens.size() <= 36, () -> tokens.size() + " tokens: " + caption);
            }
        }
    }

    @Test
    void the_tokenizer_of_the_models_reads_the_files_and_agrees_piece_by_piece() {
        ClipTokenizer tokenizer = ClipTokenizer.load(folder);
        List<String> texts = new ArrayList<>(List.of("", "Heartless ZEBRA 42!!", "3 star,red", "a trio   of\tlemons."));
        for (int i = 0; i < SceneSpace.all().size(); i += 61) {
            texts.add(KeywordCaptions.varied(SceneSpace.all().get(i), i));
            texts.add(PlainCaptions.of(SceneSpace.all().get(i), i, Split.TEST));
        }
        for (String text : texts) {
            List<Token> tokens = tokenizer.tokenize(text);
            assertEquals(encode(text), tokens.stream().map(Token::piece).toList(), text);
            tokens.forEach(token -> assertEquals((long) vocabulary.get(token.piece()), token.id(), token.piece()));
        }
    }

    @Test
    void an_unknown_word_is_spelled_in_known_pieces() {
        List<String> tokens = encode("heartless zebra 42");
        assertEquals("heartlesszebra42", String.join("", tokens).replace("</w>", ""));
        assertTrue(tokens.stream().allMatch(vocabulary::containsKey), tokens.toString());
        assertEquals(List.of("4</w>", "2</w>"), tokens.subList(tokens.size() - 2, tokens.size()));
    }

    @Test
    void the_bundled_teachers_tokenizer_is_what_is_written_now_to_the_byte() throws Exception {
        Path json = folder.resolve("tokenizer.json");
        TokenizerFiles.writeJson(json);
        try (var bundled =
                TokenizerFiles.class.getResourceAsStream("/io/surstream/playgroundmodel/teacher/tokenizer.json")) {
            assertArrayEquals(bundled.readAllBytes(), Files.readAllBytes(json));
        }
    }

    @Test
    void writing_twice_gives_equal_files() throws Exception {
        Path again = folder.resolve("again");
        TokenizerFiles.write(again);
        for (String name : List.of("vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json")) {
            assertEquals(-1, Files.mismatch(folder.resolve(name), again.resolve(name)), name);
        }
    }

    /** CLIP's rule, the slow way: split by its pattern, then apply every merge in order of rank (ASCII text only). */
    private List<String> encode(String text) {
        List<String> tokens = new ArrayList<>();
        CLIP_WORDS.matcher(text.toLowerCase()).results().forEach(match -> {
            List<String> symbols = BytePairTrainer.spell(match.group());
            merges.forEach(pair -> BytePairTrainer.apply(pair, symbols));
            tokens.addAll(symbols);
        });
        return tokens;
    }
}
