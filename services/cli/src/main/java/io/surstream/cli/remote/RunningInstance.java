package io.surstream.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.cli.terminal.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a running {@code surstream up} listens, as its {@code run.json} says.
 *
 * @param http the gateway, without a trailing slash
 */
public record RunningInstance(
        long pid, String http, String bootstrapServers, String storageEndpoint, String accessKey, String secretKey) {

    /** {@code $XDG_DATA_HOME/surstream}, by default {@code ~/.local/share/surstream}. */
    public static Path standardDataFolder() {
        String xdg = System.getenv("XDG_DATA_HOME");
        Path home = xdg == null || xdg.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "share")
                : Path.of(xdg);
        return home.resolve("surstream");
    }

    /** The instance that has this data folder now; empty when none runs. */
    public static Optional<RunningInstance> in(Path dataFolder) {
        Path file = dataFolder.resolve("run.json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            RunningInstance instance = read(new ObjectMapper().readTree(file.toFile()));
            // A hard kill leaves the file behind.
            return ProcessHandle.of(instance.pid()).isPresent() ? Optional.of(instance) : Optional.empty();
        } catch (IOException e) {
            throw new CommandFailedException(file + " cannot be read: " + e.getMessage());
        }
    }

    private static RunningInstance read(JsonNode run) {
        JsonNode storage = run.path("storage");
        return new RunningInstance(
                run.path("pid").asLong(),
                run.path("http").asText(),
                run.path("bootstrap-servers").asText(),
                storage.path("endpoint").asText(),
                storage.path("access-key").asText(),
                storage.path("secret-key").asText());
    }
}
