package io.surstream.models;

import io.surstream.contract.Sha256;
import io.surstream.torch.checkpoint.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A short name for a model's configs and weights, the same on every machine and through symbolic links. It covers every byte
 * of the files that are read; the digests of large ones are kept ({@link FileDigests}), so that a model is read once.
 */
public final class ModelRevision {
    private static final long WHOLE = 32L << 20;
    private static final int LENGTH = 16;

    private ModelRevision() {}

    /**
     * @param components folders, taken with all that is in them, or single files; relative to {@code folder}
     * @param more what else makes the model another one, beside its files
     */
    public static String of(Path folder, List<String> components, String... more) throws IOException {
        FileDigests digests = new FileDigests(CacheFolder.of(System.getenv()).resolve("digests"));
        MessageDigest digest = Sha256.digest();
        for (String component : components.stream().sorted().toList()) {
            for (Path file : files(folder.resolve(component))) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                digest.update((name + '\0' + Files.size(file) + '\0').getBytes(StandardCharsets.UTF_8));
                if (Files.size(file) <= WHOLE) {
                    update(digest, file);
                } else {
                    digest.update(digests.of(file).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        for (String one : more) {
            digest.update((one + '\0').getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    }

    /**
     * How encoders, reports and PNG files call an adapter: the first 16 hex digits of its file's SHA-256.
     *
     * @param adapter a file, or a folder with {@code adapter.safetensors}
     * @throws UncheckedIOException when it cannot be read
     */
    public static String ofAdapter(Path adapter) {
        Path file = Files.isDirectory(adapter) ? adapter.resolve("adapter.safetensors") : adapter;
        return Sha256.of(file).substring(0, LENGTH);
    }

    /** Configs, tokenizers and safetensors, and torch files where the weights are read from one. */
    private static SortedSet<Path> files(Path component) throws IOException {
        SortedSet<Path> all = new TreeSet<>(Checkpoint.files(component));
        try (Stream<Path> files = Files.walk(component, FileVisitOption.FOLLOW_LINKS)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> {
                        String name = file.getFileName().toString();
                        return name.endsWith(".json") || name.endsWith(".safetensors") || name.endsWith(".txt");
                    })
                    .forEach(all::add);
        } catch (UncheckedIOException e) {
            throw e.getCause(); // as a link that leads round in a circle
        }
        return all;
    }

    private static void update(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
    }
}
