package io.surstream.gateway.intake;

import io.surstream.gateway.problem.Violation;
import java.util.Optional;

/** Which text is a prompt: well-formed Unicode without control characters, not longer than the limit. */
final class TextRules {

    private TextRules() {}

    static Optional<Violation> check(String field, String text, int maxCharacters) {
        int characters = text.codePointCount(0, text.length());
        if (characters > maxCharacters) {
            return Optional.of(new Violation(
                    "INVALID_ARGUMENT",
                    field,
                    Violation.shorten(text),
                    "at most %,d characters".formatted(maxCharacters),
                    "%s must have at most %,d characters but has %,d: shorten it"
                            .formatted(field, maxCharacters, characters)));
        }
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            if (Character.getType(c) == Character.SURROGATE) {
                return Optional.of(badCharacter(field, text, c, at, "well-formed Unicode", "an unpaired surrogate"));
            }
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                return Optional.of(badCharacter(
                        field,
                        text,
                        c,
                        at,
                        "text without control characters other than tab and line break",
                        "the control character"));
            }
            at += Character.charCount(c);
        }
        return Optional.empty();
    }

    private static Violation badCharacter(String field, String text, int c, int at, String limit, String what) {
        return new Violation(
                "INVALID_ARGUMENT",
                field,
                Violation.shorten(text),
                limit,
                "%s must be %s but has %s U+%04X at index %d: remove it".formatted(field, limit, what, c, at));
    }
}
