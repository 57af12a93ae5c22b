package io.surstream.encoder.kafka;

import io.surstream.streaming.event.PermanentEventException;
import io.surstream.v1.Failure;

/** A prompt that no repetition will make right; carries the message for its submitter. */
final class RefusedPromptException extends PermanentEventException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    RefusedPromptException(Failure failure) {
        super(failure);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
