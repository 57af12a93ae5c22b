package io.surstream.models.tokenizer;

import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;

/** Steps that a text goes through before it is split. Nothing else is done to it: no repair of encodings, no HTML. */
record TextNormalizer(List<Step> steps) {
    /** What CLIP does. */
    static final TextNormalizer CLIP = new TextNormalizer(List.of(Step.NFC, Step.SPACES, Step.LOWER_CASE));

    private static final Pattern WHITE_SPACE = Pattern.compile("\\p{IsWhite_Space}+");

    enum Step {
        /** Unicode's canonical composition. */
        NFC,
        /** Each run of white space becomes one space. */
        SPACES,
        LOWER_CASE
    }

    String normalize(String text) {
        for (Step step : steps) {
            text = switch (step) {
                case NFC -> Normalizer.normalize(text, Normalizer.Form.NFC);
                case SPACES -> WHITE_SPACE.matcher(text).replaceAll(" ");
                case LOWER_CASE -> lowerCase(text);
            };
        }
        return text;
    }

    /** Each code point by itself; Java's own method would look at the letters around a final sigma. */
    private static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            lower.appendCodePoint(Character.toLowerCase(c));
            if (c == 'İ') {
                lower.append('\u0307'); // the only letter whose lower case is two code points
            }
        });
        return lower.toString();
    }
}
