package io.surstream.models.tokenizer;

import io.surstream.models.ModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;

/**
 * CLIP's tokenizer: NFC, runs of white space to one space, lower case; then words, numbers digit by digit and runs of
 * other characters; then byte pair encoding. Immutable and safe for use from many threads.
 */
public final class ClipTokenizer {
    private final TokenizerModel model;
    private final BytePairEncoding pairs;
    private final AddedTokens inOriginal;
    private final AddedTokens inNormalized;
    private final MultiVectorTokens concepts;

    ClipTokenizer(TokenizerModel model) {
        this.model = model;
        this.pairs = new BytePairEncoding(model.merges(), model.endOfWord());
        this.inOriginal = new AddedTokens(
                model.added().stream().filter(t -> !t.normalized()).toList(), s -> s);
        this.inNormalized = new AddedTokens(
                model.added().stream().filter(AddedToken::normalized).toList(), model.normalizer()::normalize);
        this.concepts = new MultiVectorTokens(model.added());
    }

    /**
     * Reads {@code tokenizer.json}, or else {@code vocab.json} and {@code merges.txt}, with the special tokens
     * described next to them.
     *
     * @throws ModelException if the folder holds no such tokenizer, naming what is not supported
     */
    public static ClipTokenizer load(Path folder) {
        return new ClipTokenizer(TokenizerFolder.read(folder));
    }

    /**
     * The text's tokens, without start and end, however many they are. A textual inversion of several vectors, kept as the added
     * tokens {@code <toy>}, {@code <toy>_1} …, is all of them where the text has the first, as in diffusers' pipeline.
     */
    public List<Token> tokenize(String text) {
        List<Token> tokens = new ArrayList<>();
        for (AddedTokens.Piece outer : inOriginal.split(text)) {
            if (outer.token() != null) {
                tokens.add(new Token(outer.token().id(), outer.token().content()));
                continue;
            }
            String normal = model.normalizer().normalize(outer.text());
            for (AddedTokens.Piece inner : inNormalized.split(normal)) {
                if (inner.token() != null) {
                    tokens.add(new Token(inner.token().id(), inner.token().content()));
                } else {
                    words(inner.text(), 0, tokens);
                }
            }
        }
        return concepts.expanded(tokens);
    }

    private void words(String text, int splits, List<Token> tokens) {
        if (splits == model.words().size()) {
            pairs.tokens(ByteAlphabet.spell(text)).forEach(piece -> add(piece, tokens));
            return;
        }
        Matcher word = model.words().get(splits).matcher(text);
        while (word.find()) {
            if (word.end() > word.start()) {
                words(word.group(), splits + 1, tokens);
            }
        }
    }

    private void add(String piece, List<Token> tokens) {
        Long id = model.vocab().get(piece);
        if (id != null) {
            tokens.add(new Token(id, piece));
        } else if (model.unknown() >= 0) {
            tokens.add(new Token(model.unknown(), piece));
        }
    }

    /** Start, the text's ids, end; neither cut nor padded. */
    public long[] encode(String text) {
        List<Token> tokens = tokenize(text);
        return framed(tokens, tokens.size() + 2);
    }

    /**
     * Start, the text's ids, end, padded to {@code length}; ids that do not fit are cut off before the end, so compare
     * {@link #count} with {@code length} first where that must not happen.
     */
    public long[] encode(String text, int length) {
        if (length < 2) {
            throw new IllegalArgumentException("length must be at least 2, for start and end, but is " + length);
        }
        return framed(tokenize(text), length);
    }

    /**
     * The same with one scan of the text, with the number of tokens that did not fit.
     *
     * @param ids [length]
     * @param overlong 0 when all did
     */
    public record Window(long[] ids, int overlong) {}

    /** {@link #encode(String, int)} and how much of the text it cut off. */
    public Window window(String text, int length) {
        List<Token> tokens = tokenize(text);
        return new Window(framed(tokens, length), Math.max(0, tokens.size() + 2 - length));
    }

    private long[] framed(List<Token> tokens, int length) {
        int kept = Math.min(tokens.size(), length - 2);
        long[] ids = new long[length];
        Arrays.fill(ids, model.pad());
        ids[0] = model.start();
        for (int i = 0; i < kept; i++) {
            ids[i + 1] = tokens.get(i).id();
        }
        ids[kept + 1] = model.end();
        return ids;
    }

    /** How many tokens the text has, start and end included. */
    public int count(String text) {
        return tokenize(text).size() + 2;
    }

    /** Most tokens the model takes, start and end included. */
    public int maxLength() {
        return model.maxLength();
    }

    public long startId() {
        return model.start();
    }

    public long endId() {
        return model.end();
    }

    public long padId() {
        return model.pad();
    }
}
