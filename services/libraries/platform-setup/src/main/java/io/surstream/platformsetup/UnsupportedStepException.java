package io.surstream.platformsetup;

/** Taking a step has shown that the other side cannot have it. */
public final class UnsupportedStepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnsupportedStepException(String message, Throwable cause) {
        super(message, cause);
    }
}
