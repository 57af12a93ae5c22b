package io.surstream.teacher.kafka;

import io.surstream.streaming.event.PermanentEventException;
import io.surstream.v1.Failure;

/** An example whose prompt the teacher cannot read, however often it tries. */
final class RefusedExampleException extends PermanentEventException {
    private static final long serialVersionUID = 1L;

    RefusedExampleException(Failure failure) {
        super(failure);
    }
}
