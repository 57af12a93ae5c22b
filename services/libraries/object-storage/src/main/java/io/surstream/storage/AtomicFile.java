package io.surstream.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears under its name only when it is complete: written beside it, then renamed. */
public final class AtomicFile implements AutoCloseable {

    private final Path target;
    private final Path partial;

    private AtomicFile(Path target, Path partial) {
        this.target = target;
        this.partial = partial;
    }

    public static AtomicFile replacing(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        return new AtomicFile(target, Files.createTempFile(folder, "." + target.getFileName(), ".part"));
    }

    /** Output file. */
    public Path path() {
        return partial;
    }

    /**
     * Writes it from the beginning. Its errors are {@link UncheckedIOException}s, so that a full disk is not taken for a failure of
     * whatever is copied into it.
     */
    OutputStream open() {
        try {
            return new LocalOutput(Files.newOutputStream(partial));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private UncheckedIOException unwritable(IOException cause) {
        return new UncheckedIOException("cannot write " + target + ": " + cause.getMessage(), cause);
    }

    private final class LocalOutput extends FilterOutputStream {
        LocalOutput(OutputStream file) {
            super(file);
        }

        @Override
        public void write(byte[] content, int from, int length) {
            try {
                out.write(content, from, length);
            } catch (IOException e) {
                throw unwritable(e);
            }
        }

        @Override
        public void close() {
            try {
                super.close();
            } catch (IOException e) {
                throw unwritable(e);
            }
        }
    }

    public void commit() throws IOException {
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what was not committed. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(partial);
    }
}
