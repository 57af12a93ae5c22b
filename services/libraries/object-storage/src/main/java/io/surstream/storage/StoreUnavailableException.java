package io.surstream.storage;

/** The store did not answer, or answered with an error, on every attempt. Later may work. */
public final class StoreUnavailableException extends StorageException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
