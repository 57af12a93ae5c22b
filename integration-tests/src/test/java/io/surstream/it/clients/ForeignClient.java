package io.surstream.it.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Kafka client of another language, where it is installed: integration-tests/clients/install.sh. */
enum ForeignClient {
    KCAT(List.of("kcat", "-V"), List.of("bash", "kcat.sh")),
    KAFKA_PYTHON(List.of("$python", "-c", "import kafka"), List.of("$python", "kafka_python.py")),
    CONFLUENT_KAFKA(List.of("$python", "-c", "import confluent_kafka"), List.of("$python", "confluent.py")),
    KAFKAJS(List.of("node", "-e", "require('kafkajs')"), List.of("node", "kafkajs.js"));

    private static final Path SCRIPTS = Path.of("clients").toAbsolutePath();
    private static final int MINUTES = 6;

    private final List<String> check;
    private final List<String> script;

    ForeignClient(List<String> check, List<String> script) {
        this.check = check;
        this.script = script;
    }

    /** Skips the test, with a line that says how to get the client, where it is not installed. */
    void assumeInstalled() {
        boolean installed;
        try {
            installed = run(check).exitCode() == 0;
        } catch (UncheckedIOException e) {
            installed = false;
        }
        assumeTrue(installed, name() + " is not installed: integration-tests/clients/install.sh installs it");
    }

    /** Sends the jobs of a run and waits for their ends. */
    Outcome send(String broker, String run) {
        return run(Stream.concat(script.stream(), Stream.of(broker, run)).toList());
    }

    /**
     * @param lines of its standard output
     * @param errors its standard error, for people
     */
    record Outcome(int exitCode, List<String> lines, String errors) {}

    static Outcome run(List<String> command) {
        Path folder = folder();
        Path python = folder.resolve("venv/bin/python");
        List<String> words = command.stream()
                .map(word -> word.equals("$python") ? Files.isExecutable(python) ? python.toString() : "python3" : word)
                .toList();
        try {
            Path out = Files.createTempFile("client-", ".out");
            Path err = Files.createTempFile("client-", ".err");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(SCRIPTS.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "NODE_PATH", folder.resolve("node_modules").toString(), "PYTHONDONTWRITEBYTECODE", "1"));
            Process process = builder.start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        words + " did not end in " + MINUTES + " minutes: " + Files.readString(err));
            }
            return new Outcome(process.exitValue(), Files.readAllLines(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path folder() {
        return Optional.ofNullable(System.getenv("SURSTREAM_CLIENTS"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "surstream", "clients"));
    }
}
