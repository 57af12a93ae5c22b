package io.surstream.it.distributed;

/** What people write in these tests has a word in it that stands nowhere else, so that it can be looked for. */
final class Marked {
    static final String WORD = "zebrafinch";

    /** For road 1. */
    static final String PROMPT = "1 star, red, alone, white background, flat, " + WORD;

    private Marked() {}
}
