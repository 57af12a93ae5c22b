package io.surstream.streaming.event;

import io.surstream.contract.failure.FailureType;
import io.surstream.v1.Failure;

/** Thrown by a handler that knows that a retry cannot help: the event is dead-lettered immediately. */
public class PermanentEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    /**
     * @param type as the job's, or the run's, failure will have it
     * @param message one sentence for people
     */
    public PermanentEventException(FailureType type, String message) {
        super(message);
        this.type = type.name();
    }

    /** @param failure the message for the event's sender */
    protected PermanentEventException(Failure failure) {
        super(failure.getMessage());
        this.type = failure.getType();
    }

    /** Name of a {@link FailureType}. */
    public String type() {
        return type;
    }
}
