package io.surstream.testsupport.secured;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A MinIO server in a process of its own on 127.0.0.1, without encryption, for tests. The program is not part of the build: it is there or it is
 * not, see {@link #program}. One thread.
 */
public final class MinioServer implements AutoCloseable {
    /** The environment's variable that names the program. */
    public static final String PROGRAM = "SURSTREAM_MINIO";

    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Path program;
    private final Path folder;
    private final Path log;
    private final URI endpoint;
    private Process process;

    /**
     * Starts nothing yet.
     *
     * @param folder for objects and the server's own files; created when missing
     * @param log everything it says is added to this file
     */
    public MinioServer(Path program, Path folder, Path log) {
        this.program = program;
        this.folder = folder;
        this.log = log;
        this.endpoint = URI.create("http://127.0.0.1:" + FreePorts.one());
    }

    /**
     * The program that {@value #PROGRAM} names, or else {@code minio} on the PATH, or else where {@code go install} puts it: {@code $GOBIN},
     * {@code $GOPATH/bin}, {@code ~/go/bin}.
     *
     * @throws IllegalStateException when the variable names something that cannot be run
     */
    public static Optional<Path> program() {
        return MinioProgram.ofThisProcess().find();
    }

    /** What the program says of its version, on one line. */
    public static String version(Path program) {
        try {
            Process asked = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            try (Stream<String> lines = asked.inputReader().lines()) {
                return lines.findFirst().orElse("of no known version");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(program + " cannot be started", e);
        }
    }

    /** Starts on what is in the folder, at the same port each time, and returns immediately. */
    public MinioServer start() {
        try {
            Files.createDirectories(folder);
            ProcessBuilder builder = new ProcessBuilder(
                            program.toString(),
                            "server",
                            "--address",
                            endpoint.getAuthority(),
                            "--certs-dir",
                            folder.resolve("no-certificates").toString(),
                            folder.resolve("objects").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment()
                    .putAll(Map.of(
                            "MINIO_ROOT_USER",
                            accessKey(),
                            "MINIO_ROOT_PASSWORD",
                            secretKey(),
                            "MINIO_BROWSER",
                            "off",
                            "MINIO_UPDATE",
                            "off"));
            process = builder.start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(program + " cannot be started", e);
        }
    }

    /** Returns when it serves clients; under a second on a calm machine. */
    public MinioServer awaitReady() {
        Awaitility.await("MinIO is ready")
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .failFast("MinIO ended; what it said is in " + log, () -> !process.isAlive())
                .ignoreExceptions()
                .until(this::isReady);
        return this;
    }

    private boolean isReady() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint.resolve("/minio/health/ready")).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    /** For path-style clients, without a trailing slash. */
    public URI endpoint() {
        return endpoint;
    }

    /** Of the account that may do everything. */
    public String accessKey() {
        return "root-of-tests";
    }

    public String secretKey() {
        return "secret-password-of-root";
    }

    /** Stops it with SIGTERM; what it stored stays in the folder. */
    public void stop() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "MinIO did not end within " + STOP_LIMIT + "; what it said is in " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
