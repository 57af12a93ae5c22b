package io.surstream.streaming.share;

/** The current event now belongs to another worker; stop working on it. */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLostException() {
        super("the current event now belongs to another worker");
    }
}
