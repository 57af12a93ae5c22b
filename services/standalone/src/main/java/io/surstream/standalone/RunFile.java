package io.surstream.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code run.json} in the data folder: where a running instance listens, for {@code surstream submit} and scripts. It is
 * there exactly while prompts can be served.
 */
final class RunFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    RunFile(Path dataFolder) {
        file = dataFolder.resolve("run.json");
    }

    /** Appears completely, never half written. */
    void write(String http, String bootstrapServers, Map<String, String> storage) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("pid", ProcessHandle.current().pid());
        content.put("http", http);
        content.put("bootstrap-servers", bootstrapServers);
        content.put("storage", storage);
        try {
            Path draft = file.resolveSibling("run.json.new");
            JSON.writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), content);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be deleted", e);
        }
    }
}
