package io.surstream.models.llama;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.surstream.models.ModelFolderException;
import io.surstream.torch.TorchRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a {@code tokenizer.json} describes, run by Hugging Face's own tokenizers library: normalizer, pre-tokenizer,
 * model (BPE with or without byte fallback, WordLevel, …), added tokens and post-processor. Truncation and padding that
 * the file asks for are left out. The native library is in a jar; nothing is downloaded.
 */
final class JsonTokenizer implements LanguageTokenizer {
    private static final Map<String, String> WHOLE =
            Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "true");

    private final HuggingFaceTokenizer tokenizer;

    private JsonTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** @throws ModelFolderException if there is no such file, or the library cannot read it */
    static JsonTokenizer open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ModelFolderException(file + " does not exist; a language model's folder needs a tokenizer.json");
        }
        TorchRuntime.version(); // both libraries share the cache folder and the ban on downloads that it sets
        try (InputStream json = Files.newInputStream(file)) {
            return new JsonTokenizer(HuggingFaceTokenizer.newInstance(json, WHOLE));
        } catch (IOException e) {
            throw new ModelFolderException(file + " cannot be read: " + e, e);
        } catch (RuntimeException e) {
            throw new ModelFolderException(file + " is no tokenizer that can be used: " + e.getMessage(), e);
        }
    }

    @Override
    public long[] encode(String text) {
        return tokenizer.encode(wellFormed(text)).getIds();
    }

    /** Lone surrogates, which no file or event can hold, would turn every letter beyond the basic plane into rubbish. */
    private static String wellFormed(String text) {
        CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
        return utf8.canEncode(text)
                ? text
                : text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
