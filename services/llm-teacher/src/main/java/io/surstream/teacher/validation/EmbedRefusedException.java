package io.surstream.teacher.validation;

import io.surstream.v1.Failure;

/** A request that no repetition will make right; carries the message for its sender. */
public final class EmbedRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public EmbedRefusedException(Failure failure) {
        super(failure.getMessage());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
