package io.surstream.gateway.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The folder of one process's stores. Of processes that share a parent folder each takes the first subfolder ({@code 0}, {@code 1}, …)
 * that no other one has, so that one process finds its stores again, and several on a machine need no settings.
 */
final class StateFolder implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StateFolder.class);
    private static final int MOST = 64;

    private final Path path;
    private final FileChannel channel;

    private StateFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * @param parent made when missing
     * @throws UncheckedIOException naming the folder when it cannot be written
     */
    static StateFolder in(Path parent) {
        try {
            for (int n = 0; n < MOST; n++) {
                Path folder = Files.createDirectories(parent.resolve(Integer.toString(n)));
                FileChannel channel = FileChannel.open(
                        folder.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (isTaken(channel)) {
                    return new StateFolder(folder, channel);
                }
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the job view cannot write its folder " + parent
                            + ": set surstream.gateway.view.state-folder to one that it can write",
                    e);
        }
        throw new IllegalStateException(
                MOST + " processes use " + parent + " already: set surstream.gateway.view.state-folder to another one");
    }

    /** The first folder when it can be written, else one for temporary files, which says so: the next start reads all jobs from Kafka. */
    static StateFolder standard(Path first, String name) {
        try {
            return in(first.resolve(name));
        } catch (UncheckedIOException e) {
            LOG.warnf("%s; until then the view's stores are temporary", e.getMessage());
            return in(Path.of(System.getProperty("java.io.tmpdir"), "surstream-gateway", name));
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    /** Deletes stores of this view that are not in use any more, as those of another number of partitions. */
    void keepOnly(String prefix, String name) {
        try (Stream<Path> folders = Files.list(path)) {
            folders.filter(folder -> folder.getFileName().toString().startsWith(prefix))
                    .filter(folder -> !folder.getFileName().toString().equals(name))
                    .forEach(StateFolder::delete);
        } catch (IOException e) {
            LOG.debugf("old stores in %s stay: %s", path, e.getMessage());
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            LOG.debugf("%s was not removed: %s", folder, e.getMessage());
        }
    }

    /** Lets another process have the folder; its content stays. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debugf("%s was not given back: %s", path, e.getMessage());
        }
    }
}
