package io.surstream.teacher.teach;

import io.surstream.v1.Failure;
import io.surstream.v1.PromptTaught;

/** What became of one prompt. */
public sealed interface Answer {
    /** Complete, as it goes onto the topic. */
    record Taught(PromptTaught event) implements Answer {}

    /** Why the model cannot read the prompt. */
    record Refused(Failure failure) implements Answer {}
}
