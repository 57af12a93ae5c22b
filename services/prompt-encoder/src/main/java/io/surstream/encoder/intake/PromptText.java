package io.surstream.encoder.intake;

import java.util.Optional;

/** What a prompt may consist of, apart from its number of tokens. */
final class PromptText {
    private PromptText() {}

    /** The reason why {@code text} cannot be encoded, without the text itself: it may be logged. */
    static Optional<Fault> faultOf(String text, int maxLength) {
        if (text.length() > maxLength) {
            return Optional.of(new Fault(
                    "at most " + maxLength + " characters",
                    "must have at most " + maxLength + " characters but has " + text.length() + ": shorten it"));
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int codePoint = text.codePointAt(i);
            if (Character.isISOControl(codePoint) && codePoint != '\t' && codePoint != '\n' && codePoint != '\r') {
                return Optional.of(unwanted("free of control characters other than tab and line end", codePoint, i));
            }
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return Optional.of(unwanted("well-formed Unicode", codePoint, i));
            }
        }
        return Optional.empty();
    }

    private static Fault unwanted(String limit, int codePoint, int index) {
        return new Fault(
                limit, String.format("must be %s but has U+%04X at character %d: remove it", limit, codePoint, index));
    }

    /**
     * @param limit what is allowed
     * @param predicate the sentence without its subject
     */
    record Fault(String limit, String predicate) {}
}
