package io.surstream.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears under its name only when it is complete: written beside it, then renamed. */
final class AtomicFile implements AutoCloseable {

    private final Path target;
    private final Path partial;

    private AtomicFile(Path target, Path partial) {
        this.target = target;
        this.partial = partial;
    }

    static AtomicFile replacing(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        return new AtomicFile(target, Files.createTempFile(folder, "." + target.getFileName(), ".part"));
    }

    /** Where to write. */
    Path path() {
        return partial;
    }

    void commit() throws IOException {
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what was not committed. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(partial);
    }
}
