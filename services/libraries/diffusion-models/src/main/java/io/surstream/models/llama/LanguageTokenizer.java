package io.surstream.models.llama;

/** From text to the ids that a language model reads. Safe for use from many threads. */
public interface LanguageTokenizer extends AutoCloseable {
    /** The ids with the special tokens that the model expects around a text, neither cut nor padded. */
    long[] encode(String text);

    @Override
    void close();
}
