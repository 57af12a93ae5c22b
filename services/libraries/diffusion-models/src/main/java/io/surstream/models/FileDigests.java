package io.surstream.models;

import io.surstream.contract.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * SHA-256 of large files. A digest is kept with what the file system says of its file, so that a checkpoint of gigabytes is
 * read once and not at each start. Where the folder for that cannot be written, nothing is kept. Thread-safe; several
 * processes may share the folder.
 */
final class FileDigests {
    /** A file that was just written may be written once more within the resolution of its time stamp. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Path kept;

    /** @param kept folder of the digests, made when the first one is kept */
    FileDigests(Path kept) {
        this.kept = kept;
    }

    /** As hex. */
    String of(Path file) throws IOException {
        Path real = file.toRealPath();
        String state = state(real);
        Path note = kept.resolve(
                Sha256.of(real.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 32));
        Optional<String> known = known(note, state);
        if (known.isPresent()) {
            return known.get();
        }
        String digest = content(real);
        if (state.equals(state(real)) && isSettled(real)) {
            keep(note, state + '\n' + digest);
        }
        return digest;
    }

    private static String content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.copy(in, OutputStream.nullOutputStream());
        }
    }

    /** Size, times and number of a file: another content has another state. */
    private static String state(Path real) throws IOException {
        BasicFileAttributes file = Files.readAttributes(real, BasicFileAttributes.class);
        Object changed = Files.getFileStore(real).supportsFileAttributeView("unix")
                ? Files.getAttribute(real, "unix:ctime")
                : file.creationTime();
        return String.join(
                " ",
                Long.toString(file.size()),
                file.lastModifiedTime().toInstant().toString(),
                String.valueOf(changed),
                String.valueOf(file.fileKey()));
    }

    private static boolean isSettled(Path real) throws IOException {
        return Files.getLastModifiedTime(real)
                .toInstant()
                .isBefore(Instant.now().minus(SETTLED));
    }

    private static Optional<String> known(Path note, String state) {
        try {
            String[] lines = Files.readString(note).split("\n");
            return lines.length == 2 && lines[0].equals(state) && lines[1].matches("[0-9a-f]{64}")
                    ? Optional.of(lines[1])
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // not kept yet, or not readable: the file itself is read
        }
    }

    private void keep(Path note, String text) {
        try {
            Files.createDirectories(kept);
            Path part = Files.createTempFile(kept, ".part-", "");
            Files.writeString(part, text);
            Files.move(part, note, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // a folder that is not writable costs the next start the time of reading
        }
    }
}
