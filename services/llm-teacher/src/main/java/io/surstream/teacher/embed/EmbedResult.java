package io.surstream.teacher.embed;

import io.surstream.v1.Failure;
import io.surstream.v1.PromptEmbedded;

/** What became of one prompt. */
public sealed interface EmbedResult {
    /** Complete, as it goes onto the topic. */
    record Embedded(PromptEmbedded event) implements EmbedResult {}

    /** Why the model cannot read the prompt. */
    record Refused(Failure failure) implements EmbedResult {}
}
