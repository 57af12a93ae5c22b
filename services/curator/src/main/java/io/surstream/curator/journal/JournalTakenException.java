package io.surstream.curator.journal;

/** Two imports of the same source into the same dataset are under way. */
public final class JournalTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalTakenException(String key) {
        super("another curator imports the same source into the same dataset: " + key
                + " was written in between; wait until it is done and import again");
    }
}
