package io.surstream.models.adapter;

import io.surstream.models.ModelException;
import java.util.Locale;

/** Along which axis the adapter's encoder attends. */
public enum AdapterLayout {
    /** Along the tokens of each prompt. A prompt's result does not depend on what else is in the batch. */
    TOKEN,
    /**
     * Along the batch, for each token position: what the published code does, and what the published weights were
     * trained with. A prompt's result depends on the others in the batch.
     */
    REFERENCE;

    /** Reads {@code token} or {@code reference}. */
    public static AdapterLayout parse(String text) {
        return switch (text) {
            case "token" -> TOKEN;
            case "reference" -> REFERENCE;
            default -> throw new ModelException("adapter layout must be token or reference but is '" + text + "'");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
