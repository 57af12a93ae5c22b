package io.surstream.models.tokenizer;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a tokenizer's files say, whichever kind they are.
 *
 * @param words find the pieces of a normalized text, each in what the one before found; the rest is dropped
 * @param unknown id of what the vocabulary lacks; negative where there is none
 * @param maxLength most tokens of one prompt, start and end included
 */
record TokenizerModel(
        Map<String, Long> vocab,
        List<String[]> merges,
        String endOfWord,
        TextNormalizer normalizer,
        List<Pattern> words,
        List<AddedToken> added,
        long start,
        long end,
        long pad,
        long unknown,
        int maxLength) {}
