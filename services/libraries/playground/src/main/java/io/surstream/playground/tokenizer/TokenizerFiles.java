package io.surstream.playground.tokenizer;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.playground.captions.CaptionWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The playground's tokenizer folder in transformers' CLIPTokenizer layout. Ids: 256 bytes, the same 256 at a word's end,
 * the merges, {@code <|startoftext|>}, {@code <|endoftext|>}; each word of the captions is one token, any other text is
 * spelled in pieces, down to bytes.
 */
public final class TokenizerFiles {
    /** Tokens of a whole prompt with both specials; longer prompts are cut. */
    public static final int MODEL_MAX_LENGTH = 40;

    private static final String START = "<|startoftext|>";
    private static final String END = "<|endoftext|>";

    private TokenizerFiles() {}

    /** Writes vocab.json, merges.txt, tokenizer_config.json and special_tokens_map.json; equal bytes each time. */
    public static void write(Path folder) throws IOException {
        List<BytePairTrainer.Pair> merges = BytePairTrainer.merges(CaptionWords.counts());
        Files.createDirectories(folder);
        writeJson(folder.resolve("vocab.json"), vocabulary(merges));
        StringBuilder lines = new StringBuilder("#version: 0.2\n");
        merges.forEach(pair ->
                lines.append(pair.left()).append(' ').append(pair.right()).append('\n'));
        Files.writeString(folder.resolve("merges.txt"), lines);
        writeJson(folder.resolve("tokenizer_config.json"), config());
        writeJson(folder.resolve("special_tokens_map.json"), specialTokens());
    }

    /**
     * The same tokens as one {@code tokenizer.json}, for a language model: texts are between start and end token, which
     * is where a sentence's meaning is pooled.
     */
    public static void writeJson(Path file) throws IOException {
        List<BytePairTrainer.Pair> merges = BytePairTrainer.merges(CaptionWords.counts());
        Files.createDirectories(file.getParent());
        writeJson(file, LanguageTokenizerJson.of(vocabulary(merges), merges, START, END));
    }

    /** Number of token ids: the text encoder's vocab_size. */
    public static int vocabularySize() {
        return vocabulary(BytePairTrainer.merges(CaptionWords.counts())).size();
    }

    private static Map<String, Integer> vocabulary(List<BytePairTrainer.Pair> merges) {
        List<String> tokens = new ArrayList<>(byteSymbols());
        byteSymbols().forEach(symbol -> tokens.add(symbol + BytePairTrainer.WORD_END));
        merges.forEach(pair -> tokens.add(pair.merged()));
        tokens.add(START);
        tokens.add(END);
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (String token : tokens) {
            if (ids.put(token, ids.size()) != null) {
                throw new IllegalStateException("token '" + token + "' would get two ids");
            }
        }
        return ids;
    }

    /**
     * GPT-2's printable stand-ins of the 256 byte values: the printable Latin-1 bytes stand for themselves and come
     * first, the others follow as U+0100, U+0101, …
     */
    static List<String> byteSymbols() {
        List<String> printable = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            boolean plain = value >= '!' && value <= '~' || value >= 0xa1 && value <= 0xac || value >= 0xae;
            if (plain) {
                printable.add(Character.toString(value));
            } else {
                others.add(Character.toString(256 + others.size()));
            }
        }
        printable.addAll(others);
        return printable;
    }

    private static Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("tokenizer_class", "CLIPTokenizer");
        config.put("model_max_length", MODEL_MAX_LENGTH);
        config.put("do_lower_case", true);
        config.put("add_prefix_space", false);
        config.put("errors", "replace");
        config.putAll(specialTokens());
        return config;
    }

    private static Map<String, String> specialTokens() {
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("bos_token", START);
        tokens.put("eos_token", END);
        tokens.put("pad_token", END);
        tokens.put("unk_token", END);
        return tokens;
    }

    private static void writeJson(Path file, Object value) throws IOException {
        DefaultPrettyPrinter lines = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        Files.writeString(file, new ObjectMapper().writer(lines).writeValueAsString(value) + "\n");
    }
}
