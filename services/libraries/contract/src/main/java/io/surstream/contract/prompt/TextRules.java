package io.surstream.contract.prompt;

import io.surstream.contract.failure.FailureType;
import io.surstream.contract.failure.Failures;
import io.surstream.v1.Failure;
import java.util.Locale;
import java.util.Optional;

/** Which text is a prompt: well-formed Unicode without control characters, not longer than the limit. Pure. */
public final class TextRules {
    private TextRules() {}

    /**
     * @param maxLength most characters (Unicode code points)
     * @return the first thing that is wrong; its message does not quote the text
     */
    public static Optional<Failure> problem(String field, String text, int maxLength) {
        int length = text.codePointCount(0, text.length());
        if (length > maxLength) {
            return Optional.of(Failures.of(
                    FailureType.PROMPT_TOO_LONG,
                    field,
                    text,
                    String.format(Locale.ROOT, "at most %,d characters", maxLength),
                    String.format(
                            Locale.ROOT,
                            "%s must have at most %,d characters but has %,d: shorten it",
                            field,
                            maxLength,
                            length)));
        }
        int[] characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            int c = characters[i];
            if (Character.getType(c) == Character.SURROGATE) {
                return Optional.of(unwanted(field, text, c, i, "well-formed Unicode"));
            }
            if (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r') {
                return Optional.of(
                        unwanted(field, text, c, i, "text without control characters other than tab and line break"));
            }
        }
        return Optional.empty();
    }

    /** The same for the text that says what to draw: it must not be blank either. */
    static Optional<Failure> promptProblem(String text, int maxLength) {
        if (text.isBlank()) {
            return Optional.of(Failures.of(
                    FailureType.INVALID_ARGUMENT,
                    "prompt",
                    text,
                    "not blank",
                    "prompt must not be blank: say what the image shows"));
        }
        return problem("prompt", text, maxLength);
    }

    private static Failure unwanted(String field, String text, int c, int index, String limit) {
        return Failures.of(
                FailureType.INVALID_ARGUMENT,
                field,
                text,
                limit,
                String.format(
                        Locale.ROOT,
                        "%s must be %s but has U+%04X at character %d: remove it",
                        field,
                        limit,
                        c,
                        index));
    }
}
