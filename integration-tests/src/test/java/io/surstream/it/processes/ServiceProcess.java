package io.surstream.it.processes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A Quarkus fast-jar in a JVM of its own. Its output goes to {@code target/it-logs}. */
public final class ServiceProcess implements AutoCloseable {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path LOGS = Path.of("target/it-logs");
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
    private static final AtomicInteger STARTED = new AtomicInteger();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String name;
    private final Process process;
    private final int port;
    private final Path log;

    private ServiceProcess(String name, Process process, int port, Path log) {
        this.name = name;
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts services/{@code service} on a free port and returns at once.
     *
     * @param settings system properties
     */
    public static ServiceProcess start(String service, Map<String, String> settings) {
        int port = freePort();
        List<String> flags = new ArrayList<>();
        flags.add("-Dquarkus.http.port=" + port);
        flags.add("-Dquarkus.http.host=127.0.0.1");
        flags.addAll(flags(settings));
        return launch(service, port, flags, List.of());
    }

    /** Starts {@code surstream up} on a free HTTP port and returns at once. */
    public static ServiceProcess up(Path data, List<String> options) {
        return up(data, freePort(), options);
    }

    /** The same with further settings, as system properties. */
    public static ServiceProcess up(Path data, List<String> options, Map<String, String> settings) {
        return up(data, freePort(), options, flags(settings));
    }

    /** The same on a given HTTP port. */
    public static ServiceProcess up(Path data, int port, List<String> options) {
        return up(data, port, options, List.of());
    }

    private static ServiceProcess up(Path data, int port, List<String> options, List<String> flags) {
        List<String> settings = new ArrayList<>(flags);
        // Its data folder is gone when somebody wants to know what was wrong.
        settings.add("-Dquarkus.log.file.path="
                + LOGS.resolve("standalone-" + port + "-surstream.log").toAbsolutePath());
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString(), "--port", String.valueOf(port)));
        arguments.addAll(options);
        return launch("standalone", port, settings, arguments);
    }

    private static List<String> flags(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    private static ServiceProcess launch(String service, int port, List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-Dai.djl.offline=true"));
        command.addAll(flags);
        command.addAll(List.of("-jar", jar(service).toString()));
        command.addAll(arguments);
        try {
            Files.createDirectories(LOGS);
            Path log = LOGS.resolve(service + "-" + port + "-" + STARTED.incrementAndGet() + ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(new File(log.toString())));
            builder.environment().putAll(Map.of("OMP_WAIT_POLICY", "passive", "OPT_OUT_TRACKING", "true"));
            return new ServiceProcess(service, builder.start(), port, log);
        } catch (IOException e) {
            throw new UncheckedIOException("services/" + service + " cannot be started", e);
        }
    }

    private static Path jar(String service) {
        Path jar = ROOT.resolve("services/" + service + "/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing; run ./mvnw package first");
        }
        return jar;
    }

    /** Waits until all readiness checks are up. */
    public ServiceProcess awaitReady() {
        try {
            awaitReadiness();
        } catch (RuntimeException e) {
            kill();
            throw e;
        }
        return this;
    }

    private void awaitReadiness() {
        Awaitility.await(name + " is ready")
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .failFast(name + " ended; its output is in " + log, () -> !process.isAlive())
                .until(this::isReady);
    }

    private boolean isReady() {
        try {
            var request = HttpRequest.newBuilder(url("/q/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public int port() {
        return port;
    }

    /** Everything it has said so far. */
    public String output() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the kernel's out-of-memory killer would: no shutdown hook runs. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, as an orchestrator stops it. */
    public int stop() {
        process.destroy();
        return awaitEnd();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for an end that was not asked for. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " did not end within " + STOP_LIMIT + ":\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
