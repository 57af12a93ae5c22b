package io.surstream.models.hub;

import io.surstream.contract.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file of the Hub that is being fetched, beside the blobs of its repository. One whose content is named by its
 * SHA-256 is kept when the transfer breaks off, and continues from there the next time; one process works on it, others
 * fetch for themselves. For one thread.
 */
final class PartialBlob implements AutoCloseable {
    private final Path file;
    private final FileChannel content;
    private final FileChannel lock;
    private final boolean kept;

    private PartialBlob(Path file, FileChannel lock) throws IOException {
        this.file = file;
        this.lock = lock;
        this.kept = lock != null;
        this.content = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** An abandoned one. */
    static PartialBlob temporary(Path blobs) throws IOException {
        return new PartialBlob(Files.createTempFile(blobs, ".part-", ""), null);
    }

    /**
     * What there is of a content.
     *
     * @param locks where files that keep other processes out lie; they stay
     * @param sha256 of the whole content
     */
    static PartialBlob of(Path blobs, Path locks, String sha256) throws IOException {
        Files.createDirectories(locks);
        FileChannel lock = FileChannel.open(
                locks.resolve(sha256 + ".part.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isFree(lock)) {
            return new PartialBlob(blobs.resolve(".part-" + sha256), lock);
        }
        lock.close();
        return temporary(blobs);
    }

    private static boolean isFree(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process
        }
    }

    /** Bytes that are there. */
    long length() throws IOException {
        return content.size();
    }

    /**
     * Puts what comes behind the first {@code from} bytes.
     *
     * @throws UncheckedIOException when the body breaks off; what came before is there
     * @throws IOException when it cannot be written
     */
    void write(long from, InputStream body) throws IOException {
        content.truncate(from);
        content.position(from);
        byte[] buffer = new byte[1 << 16];
        for (int n = read(body, buffer); n >= 0; n = read(body, buffer)) {
            Channels.newOutputStream(content).write(buffer, 0, n);
        }
    }

    private static int read(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lower-case hex, of what is there. */
    String sha256() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.copy(in, OutputStream.nullOutputStream());
        }
    }

    void discard() throws IOException {
        Files.deleteIfExists(file);
    }

    void moveTo(Path blob) throws IOException {
        Files.move(file, blob, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        content.close();
        if (kept) {
            lock.close();
        } else {
            discard();
        }
    }
}
