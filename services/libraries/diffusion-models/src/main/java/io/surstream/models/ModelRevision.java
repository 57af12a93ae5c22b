package io.surstream.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A short name for a model's configs and weights, the same on every machine. Small files are hashed whole; of a large one
 * its size and blocks spread evenly over it, so that a checkpoint of gigabytes is named in milliseconds.
 */
public final class ModelRevision {
    private static final long WHOLE = 32L << 20;
    private static final int BLOCK = 64 << 10;
    private static final int BLOCKS = 64;
    private static final int LENGTH = 16;

    private ModelRevision() {}

    /** @param components folders, taken with all that is in them, or single files; relative to {@code folder} */
    public static String of(Path folder, List<String> components) throws IOException {
        MessageDigest digest = sha256();
        for (String component : components.stream().sorted().toList()) {
            for (Path file : files(folder.resolve(component))) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                digest.update((name + '\0' + Files.size(file) + '\0').getBytes(StandardCharsets.UTF_8));
                digest(digest, file);
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static List<Path> files(Path component) throws IOException {
        try (Stream<Path> files = Files.walk(component)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        String name = file.getFileName().toString();
                        return name.endsWith(".json") || name.endsWith(".safetensors") || name.endsWith(".txt");
                    })
                    .sorted()
                    .toList();
        }
    }

    private static void digest(MessageDigest digest, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size <= WHOLE) {
                update(digest, channel, 0, size);
                return;
            }
            for (int i = 0; i < BLOCKS; i++) {
                long from = (size - BLOCK) / (BLOCKS - 1) * i;
                update(digest, channel, from, from + BLOCK);
            }
        }
    }

    private static void update(MessageDigest digest, FileChannel channel, long from, long to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(1 << 20, Math.max(1, to - from)));
        for (long at = from; at < to; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
            int read = channel.read(buffer, at);
            if (read < 0) {
                return;
            }
            at += read;
            digest.update(buffer.flip());
        }
    }
}
