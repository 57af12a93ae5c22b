package io.surstream.storage;

/** The store does not allow the call: credentials, permissions or a request that makes no sense. Do not retry. */
public final class StoreRefusedException extends StorageException {
    private static final long serialVersionUID = 1L;

    public StoreRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
