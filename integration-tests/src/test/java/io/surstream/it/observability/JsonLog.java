package io.surstream.it.observability;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.it.processes.Deployment;
import io.surstream.it.processes.RestEdge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** What a house that logs as JSON has written so far. */
record JsonLog(Path file) {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    static JsonLog of(Deployment deployment) {
        return new JsonLog(
                Path.of("target/it-logs/standalone-" + deployment.process().port() + "-surstream.log"));
    }

    Stream<String> lines() {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line that says just this and carries the job, waiting for it. */
    JsonNode await(String job, String message) {
        return Awaitility.await(message)
                .atMost(LIMIT)
                .until(() -> find(job, message), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<JsonNode> find(String job, String message) {
        return lines().map(RestEdge::json)
                .filter(line -> line.path("message").asText().equals(message))
                .filter(line -> line.at("/mdc/jobId").asText().equals(job))
                .findFirst();
    }
}
