package io.surstream.it.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Looks for texts in all that processes of the tests have said since some moment. */
public final class LogSearch {
    private final Path folder;
    private final Instant since;

    /** From now on. */
    public static LogSearch fromNow() {
        return new LogSearch(JvmProcess.LOGS, Instant.now());
    }

    /** @param folder whose files count if they were written later */
    LogSearch(Path folder, Instant since) {
        this.folder = folder;
        this.since = since;
    }

    /**
     * Reads everything anew.
     *
     * @return each line with one of the texts in it, behind the name of its file
     */
    public List<String> linesWith(Collection<String> texts) {
        List<String> found = new ArrayList<>();
        for (Path log : logs()) {
            String said = read(log);
            // Most texts are nowhere, and a search line by line takes long.
            List<String> there = texts.stream().filter(said::contains).toList();
            if (!there.isEmpty()) {
                said.lines()
                        .filter(line -> there.stream().anyMatch(line::contains))
                        .forEach(line -> found.add(log.getFileName() + ": " + line));
            }
        }
        return found;
    }

    private List<Path> logs() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> logs = files.filter(this::isNew).sorted().toList();
            if (logs.isEmpty()) {
                throw new IllegalStateException(
                        "there is nothing to look through: no file in " + folder + " was written after " + since);
            }
            return logs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isNew(Path log) {
        try {
            return !Files.getLastModifiedTime(log).toInstant().isBefore(since);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path log) {
        try {
            // Whatever is no UTF-8 hides no text before or after it.
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
