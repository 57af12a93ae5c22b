package io.surstream.training.checkpoint;

import io.surstream.training.TrainingException;
import java.nio.file.Path;

/** A checkpoint is missing, corrupt, or of another run. It is never replaced by a fresh start. */
public final class CheckpointException extends TrainingException {
    private static final long serialVersionUID = 1;

    private final transient Path file;

    CheckpointException(Path file, String problem, String wayOut) {
        super(file + " " + problem + "; " + wayOut);
        this.file = file;
    }

    CheckpointException(Path file, String problem, String wayOut, Throwable cause) {
        super(file + " " + problem + "; " + wayOut, cause);
        this.file = file;
    }

    /** The file or folder that is wrong. */
    public Path file() {
        return file;
    }
}
