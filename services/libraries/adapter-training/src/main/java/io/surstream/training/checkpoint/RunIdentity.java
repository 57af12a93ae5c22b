package io.surstream.training.checkpoint;

import io.surstream.training.TeacherLayer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run must have in common with its checkpoint.
 *
 * @param modelFamily pipeline class of the base model
 * @param modelRevision of the base model
 * @param width of its text states
 * @param examples how many
 * @param examplesDigest which, in which order
 */
public record RunIdentity(
        String modelFamily,
        String modelRevision,
        int width,
        Optional<TeacherLayer> teacher,
        int examples,
        String examplesDigest) {

    /** By the names that checkpoints carry; each value as text. */
    Map<String, String> toMap() {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("model_family", modelFamily);
        out.put("model_revision", modelRevision);
        out.put("width", Integer.toString(width));
        teacher.ifPresent(t -> {
            out.put("teacher", t.teacher());
            out.put("llm_layer", Integer.toString(t.layer()));
            out.put("llm_pooling", t.pooling());
            out.put("llm_width", Integer.toString(t.width()));
        });
        out.put("examples", Integer.toString(examples));
        out.put("examples_digest", examplesDigest);
        return out;
    }
}
