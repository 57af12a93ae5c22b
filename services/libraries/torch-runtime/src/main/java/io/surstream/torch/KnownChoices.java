package io.surstream.torch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link ThreadChoice} found on this machine, kept in a properties file that processes share: the first one's finding
 * holds for all, so that equal calls compute equal numbers in each. A file that cannot be read or written costs a
 * measurement a process, no more. Within a process, one thread at a time.
 */
final class KnownChoices {
    private static final Logger LOG = LoggerFactory.getLogger(KnownChoices.class);

    private final Path file;

    /** @param file of one machine and one version of libtorch */
    KnownChoices(Path file) {
        this.file = file;
    }

    /** The number of threads of this kind of call, 0 when nobody has found it. */
    int find(String kind) {
        if (Files.notExists(file)) {
            return 0;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.lock(0, Long.MAX_VALUE, true);
            return threads(read(channel), kind);
        } catch (IOException | OverlappingFileLockException e) {
            LOG.debug("{} cannot be read", file, e);
            return 0;
        }
    }

    /**
     * Keeps what was found, unless another process was sooner.
     *
     * @return the number that holds
     */
    int keep(String kind, int threads) {
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                channel.lock();
                Properties known = read(channel);
                int sooner = threads(known, kind);
                if (sooner > 0) {
                    return sooner;
                }
                known.setProperty(kind, String.valueOf(threads));
                write(channel, known);
            }
        } catch (IOException | OverlappingFileLockException e) {
            LOG.debug("{} cannot be written", file, e);
        }
        return threads;
    }

    private static int threads(Properties known, String kind) {
        String text = known.getProperty(kind, "");
        return text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : 0;
    }

    private static Properties read(FileChannel channel) throws IOException {
        Properties known = new Properties();
        InputStream in = Channels.newInputStream(channel.position(0)); // closing it would give the lock back
        try {
            known.load(in);
        } catch (IllegalArgumentException e) {
            known.clear(); // damaged: it is rewritten
        }
        return known;
    }

    private static void write(FileChannel channel, Properties known) throws IOException {
        channel.truncate(0);
        OutputStream out = Channels.newOutputStream(channel.position(0));
        known.store(out, "threads that are fastest, by kind of call; delete this file to measure them again");
        out.flush();
    }
}
