package io.surstream.models.tokenizer;

import io.surstream.models.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A tokenizer kept as {@code vocab.json} and {@code merges.txt}. */
final class VocabAndMerges {
    /** Contractions, words, single digits, runs of anything else but white space. */
    static final Pattern WORDS =
            Pattern.compile("'s|'t|'re|'ve|'m|'ll|'d|\\p{L}+|\\p{N}|[^\\p{IsWhite_Space}\\p{L}\\p{N}]+");

    private static final String END_OF_WORD = "</w>";

    private VocabAndMerges() {}

    static TokenizerModel read(Path folder, SpecialTokens special) {
        Path vocabFile = folder.resolve("vocab.json");
        Map<String, Long> vocab = TokenizerFolder.vocab(vocabFile, TokenizerFolder.json(vocabFile));
        List<String[]> merges = merges(folder.resolve("merges.txt"), vocab);
        List<AddedToken> added = special.added(vocab);
        added.forEach(token -> vocab.putIfAbsent(token.content(), token.id()));
        return new TokenizerModel(
                vocab,
                merges,
                END_OF_WORD,
                TextNormalizer.CLIP,
                List.of(WORDS),
                added,
                id(vocab, special.start(), "bos_token", vocabFile),
                id(vocab, special.end(), "eos_token", vocabFile),
                id(vocab, special.pad(), "pad_token", vocabFile),
                vocab.getOrDefault(special.unknown(), -1L),
                special.maxLength());
    }

    private static List<String[]> merges(Path file, Map<String, Long> vocab) {
        List<String[]> merges = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#version")) {
                    merges.add(TokenizerFolder.merge(file, line, line.split(" "), vocab));
                }
            }
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read (" + e + ")", e);
        }
        return merges;
    }

    static long id(Map<String, Long> vocab, String token, String role, Path file) {
        Long id = vocab.get(token);
        if (id == null) {
            throw new ModelException(file + ": the vocabulary lacks the " + role + " '" + token + "'");
        }
        return id;
    }
}
