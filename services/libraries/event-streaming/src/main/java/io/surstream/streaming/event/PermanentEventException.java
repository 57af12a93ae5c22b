package io.surstream.streaming.event;

/** Thrown by a handler that knows that trying again is of no use: the event is dead-lettered at once. */
public class PermanentEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    /**
     * @param type stable kind in upper snake case, as in {@code surstream.v1.Failure}
     * @param message one sentence for people
     */
    public PermanentEventException(String type, String message) {
        super(message);
        this.type = type;
    }

    public String type() {
        return type;
    }
}
