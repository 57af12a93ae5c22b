package io.surstream.playground.captions;

/**
 * Which phrasings a plain caption may use. No phrase and no sentence pattern of {@link #TEST} and {@link #FRESH} occurs in the others, but
 * every word does: test captions are new sentences of a known language.
 */
public enum Split {
    /** What the text encoder learns. */
    TRAIN,
    /** All of {@link #TRAIN} and more: the broader language of the teacher, which the adapter's training reads too. */
    WIDER,
    /** What no training reads. */
    TEST,
    /** A second test in other words, which decided nothing: it tells how much choosing by {@link #TEST} flatters. */
    FRESH
}
