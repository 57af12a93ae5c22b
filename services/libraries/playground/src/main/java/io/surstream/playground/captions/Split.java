package io.surstream.playground.captions;

/**
 * Which phrasings a plain caption may use. No phrase and no sentence pattern of {@link #TEST} occurs in {@link #TRAIN},
 * but every word does: test captions are new sentences of a known language.
 */
public enum Split {
    TRAIN,
    TEST
}
