package io.surstream.embedded;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Another process, or another part of this one, has the folder. Nothing in it was opened. */
public final class FolderInUseException extends EmbeddedStartException {
    private static final long serialVersionUID = 1L;

    private final transient Path folder;
    private final transient OptionalLong holder;

    FolderInUseException(Path folder, OptionalLong holder) {
        super(
                "the folder " + folder + " is in use by "
                        + (holder.isPresent() ? "process " + holder.getAsLong() : "another process")
                        + "; stop that process or choose another folder",
                null);
        this.folder = folder;
        this.holder = holder;
    }

    public Path folder() {
        return folder;
    }

    /** Process id of the holder, when its lock file tells it. */
    public OptionalLong holder() {
        return holder;
    }
}
