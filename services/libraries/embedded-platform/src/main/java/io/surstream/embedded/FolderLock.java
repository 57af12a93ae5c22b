package io.surstream.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A folder taken by one holder at a time, before anything in it is opened. The lock is a file in the folder that holds
 * the process id; the operating system drops it when the process ends, a hard kill included. Thread-safe.
 */
public final class FolderLock implements AutoCloseable {
    /** No Kafka partition and no bucket can have this name. */
    static final String FILE = ".surstream-lock";

    /**
     * What this JVM holds. A second channel to the same file must not even be opened here: closing it would drop the
     * first one's lock (POSIX).
     */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Creates the folder when missing and takes it.
     *
     * @throws FolderInUseException when another process has it
     * @throws IOException when it cannot be written
     */
    public static FolderLock take(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path real = folder.toRealPath();
        synchronized (HELD) {
            if (HELD.contains(real)) {
                throw new FolderInUseException(
                        folder, OptionalLong.of(ProcessHandle.current().pid()));
            }
            FileChannel channel = FileChannel.open(
                    real.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                OptionalLong holder = holder(channel);
                channel.close();
                throw new FolderInUseException(folder, holder);
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            HELD.add(real);
            return new FolderLock(real, channel);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // by another class loader's copy of this class
        }
    }

    private static OptionalLong holder(FileChannel channel) {
        ByteBuffer text = ByteBuffer.allocate(20);
        try {
            channel.read(text, 0);
            return OptionalLong.of(Long.parseLong(
                    StandardCharsets.US_ASCII.decode(text.flip()).toString().strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong
                    .empty(); // it is only reported: Windows does not let others read, and it may be half written
        }
    }

    /** Gives the folder back; what is in it stays. */
    @Override
    public void close() {
        synchronized (HELD) {
            if (HELD.remove(folder)) {
                try {
                    channel.close();
                } catch (IOException e) {
                    throw new UncheckedIOException("the lock of " + folder + " cannot be given back", e);
                }
            }
        }
    }
}
