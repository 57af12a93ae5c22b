package io.surstream.sampler.kafka;

import io.surstream.streaming.event.PermanentEventException;
import io.surstream.v1.Failure;

/** A job that no delivery will make possible; carries the message for its submitter. */
final class RefusedJobException extends PermanentEventException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    RefusedJobException(Failure failure) {
        super(failure);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
