package io.surstream.trainer.images;

/** An image that cannot be used; the example is left out and counted under the reason. */
public final class UnusableImageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Kinds, as they are counted. */
    public enum Reason {
        MISSING,
        TOO_MANY_BYTES,
        TOO_MANY_PIXELS,
        UNKNOWN_FORMAT,
        UNREADABLE
    }

    private final Reason reason;

    UnusableImageException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    UnusableImageException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
