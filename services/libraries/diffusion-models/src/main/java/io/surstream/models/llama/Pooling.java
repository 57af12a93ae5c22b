package io.surstream.models.llama;

import io.surstream.models.ModelException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the states of a prompt's tokens become what is kept of it. */
public enum Pooling {
    /** The last token's state, which alone has seen the whole prompt: [W]. */
    LAST,
    /** The mean over all tokens, the beginning-of-text token included where the tokenizer adds one: [W]. */
    MEAN,
    /** Every token's state: [tokens,W]. */
    TOKENS;

    /** As it is written in settings and events. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ModelException naming what there is, if the text is none of them */
    public static Pooling parse(String text) {
        return Arrays.stream(values())
                .filter(pooling -> pooling.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new ModelException("pooling must be "
                        + Arrays.stream(values()).map(Pooling::text).collect(Collectors.joining(", ")) + " but is '"
                        + text + "'"));
    }
}
