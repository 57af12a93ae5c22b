package io.surstream.models.unet;

import io.surstream.models.ConfigFile;
import java.util.Optional;

/**
 * What joins the time embedding of an SDXL network ({@code addition_embed_type} "text_time"): a pooled text embedding,
 * and some numbers about the image's size and crop, each as sinusoids.
 *
 * @param sinusoids values that one number becomes ({@code addition_time_embed_dim})
 * @param width of text embedding and all sinusoids together ({@code projection_class_embeddings_input_dim})
 */
public record AddedConditions(int sinusoids, int width) {
    private static final String TYPE = "addition_embed_type";

    /** Empty where the config asks for none. @throws io.surstream.models.ModelException if it asks for another kind */
    static Optional<AddedConditions> from(ConfigFile config) {
        if (!config.has(TYPE)) {
            return Optional.empty();
        }
        if (!config.text(TYPE, "").equals("text_time")) {
            throw config.refusal(TYPE, "null, text_time");
        }
        return Optional.of(new AddedConditions(
                required(config, "addition_time_embed_dim"),
                required(config, "projection_class_embeddings_input_dim")));
    }

    private static int required(ConfigFile config, String field) {
        if (!config.has(field)) {
            throw config.refusal(field, "a whole number, which " + TYPE + " text_time needs");
        }
        return config.count(field, 1);
    }

    /** Numbers in a row of {@code time_ids} that fit beside a pooled text embedding of that width; 0 where none do. */
    long timeIds(long textWidth) {
        long rest = width - textWidth;
        return rest > 0 && rest % sinusoids == 0 ? rest / sinusoids : 0;
    }
}
