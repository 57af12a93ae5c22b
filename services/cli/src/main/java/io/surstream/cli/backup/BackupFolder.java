package io.surstream.cli.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.surstream.cli.terminal.CommandFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;

/** The folder of a backup: {@code topics/}, {@code objects/} and, once all is there, {@code backup.json}. */
record BackupFolder(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Path topics() {
        return folder.resolve("topics");
    }

    Path objects() {
        return folder.resolve("objects");
    }

    private Path seal() {
        return folder.resolve("backup.json");
    }

    /** From now on it holds no whole backup. */
    void open() {
        try {
            Files.createDirectories(topics());
            Files.deleteIfExists(seal());
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** @param objects empty when the bucket was left out */
    void close(Map<String, Long> topics, OptionalInt objects) {
        ObjectNode document = JSON.createObjectNode();
        document.put("taken_at", Instant.now().toString());
        ObjectNode counts = document.putObject("records");
        topics.forEach(counts::put);
        objects.ifPresent(count -> document.put("objects", count));
        try {
            JSON.writerWithDefaultPrettyPrinter().writeValue(seal().toFile(), document);
        } catch (IOException e) {
            throw new UncheckedIOException(seal() + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Whether it holds objects too.
     *
     * @throws CommandFailedException when it holds no whole backup
     */
    boolean requireWhole() {
        if (!Files.isRegularFile(seal())) {
            throw new CommandFailedException(
                    folder + " holds no whole backup: " + seal().getFileName() + " is written last and is not there");
        }
        try {
            JsonNode document = JSON.readTree(seal().toFile());
            return document.has("objects");
        } catch (IOException e) {
            throw new CommandFailedException(seal() + " cannot be read: " + e.getMessage());
        }
    }
}
