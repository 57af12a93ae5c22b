package io.surstream.storage;

/** An object could not be read or written; the kind says why, the message names bucket, key and what to do. */
public abstract sealed class StorageException extends RuntimeException
        permits ObjectNotFoundException, ChecksumMismatchException, StoreRefusedException, StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
