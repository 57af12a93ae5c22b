package io.surstream.models.tokenizer;

/**
 * One token of a text.
 *
 * @param id its number in the vocabulary
 * @param piece its spelling there: bytes as printable characters, {@code </w>} at the end of a word
 */
public record Token(long id, String piece) {}
