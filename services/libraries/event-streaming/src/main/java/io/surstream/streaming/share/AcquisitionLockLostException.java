package io.surstream.streaming.share;

/** The current event now belongs to another worker; stop working on it. */
public final class AcquisitionLockLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AcquisitionLockLostException() {
        super("the current event now belongs to another worker");
    }
}
