package io.surstream.standalone;

import io.surstream.embedded.FolderInUseException;
import io.surstream.embedded.FolderLock;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The folder that holds everything a run leaves behind, taken by one process at a time.
 */
final class DataFolder implements AutoCloseable {
    private final Path root;
    private final FolderLock lock;

    private DataFolder(Path root, FolderLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /** {@code $XDG_DATA_HOME/surstream}, by default {@code ~/.local/share/surstream}. */
    static Path standard() {
        String xdg = System.getenv("XDG_DATA_HOME");
        Path home = xdg == null || xdg.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "share")
                : Path.of(xdg);
        return home.resolve("surstream");
    }

    /**
     * Creates the folder when missing and takes it.
     *
     * @throws UpRefusedException when another process has it, or it cannot be written
     */
    static DataFolder take(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            return new DataFolder(root, FolderLock.take(root));
        } catch (FolderInUseException e) {
            throw new UpRefusedException("the data folder " + root + " is in use by another 'surstream up'"
                    + (e.holder().isPresent() ? " (process " + e.holder().getAsLong() + ")" : "")
                    + "; stop that one or choose another folder with --data");
        } catch (IOException e) {
            throw new UpRefusedException(
                    "the data folder " + root + " cannot be written (" + e + "); choose another one with --data");
        }
    }

    Path root() {
        return root;
    }

    /** Gives the folder back; its data stay. */
    @Override
    public void close() {
        lock.close();
    }
}
