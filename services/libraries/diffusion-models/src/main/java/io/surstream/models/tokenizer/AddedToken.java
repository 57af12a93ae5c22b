package io.surstream.models.tokenizer;

/**
 * A token that is found in the text as a whole, before anything is split.
 *
 * @param normalized look for it in the normalized text, not in the original
 * @param singleWord only where no letter, digit or underscore touches it
 * @param leftStrip swallows white space before it
 * @param rightStrip swallows white space behind it
 */
record AddedToken(
        long id, String content, boolean normalized, boolean singleWord, boolean leftStrip, boolean rightStrip) {
    static AddedToken plain(long id, String content) {
        return new AddedToken(id, content, false, false, false, false);
    }

    boolean isWhole() {
        return id >= 0 && id <= Integer.MAX_VALUE && !content.isEmpty();
    }
}
