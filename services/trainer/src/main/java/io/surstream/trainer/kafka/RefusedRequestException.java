package io.surstream.trainer.kafka;

import io.surstream.streaming.event.PermanentEventException;
import io.surstream.v1.Failure;

/** A request that no delivery will make possible; carries the message for its sender. */
final class RefusedRequestException extends PermanentEventException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    RefusedRequestException(Failure failure) {
        super(failure);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
