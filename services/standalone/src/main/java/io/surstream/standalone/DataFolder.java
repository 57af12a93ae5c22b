package io.surstream.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder that holds everything a run leaves behind, taken by one process at a time. The operating system drops the
 * lock when the process ends, a hard kill included.
 */
final class DataFolder implements AutoCloseable {
    private final Path root;
    private final FileChannel channel;

    private DataFolder(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
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
            Files.createDirectories(root);
            FileChannel channel =
                    FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new UpRefusedException("the data folder " + root
                        + " is in use by another 'surstream up'; stop that one or choose another folder with --data");
            }
            return new DataFolder(root, channel);
        } catch (IOException e) {
            throw new UpRefusedException(
                    "the data folder " + root + " cannot be written (" + e + "); choose another one with --data");
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path root() {
        return root;
    }

    /** Gives the folder back; its data stay. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
