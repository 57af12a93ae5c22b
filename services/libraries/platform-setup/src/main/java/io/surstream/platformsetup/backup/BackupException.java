package io.surstream.platformsetup.backup;

/** A backup cannot be taken, or cannot be restored here; the message says why and what to do. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BackupException(String message) {
        super(message);
    }
}
