package io.surstream.it.processes;

import io.surstream.testsupport.secured.FreePorts;
import java.io.IOException;
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
import org.awaitility.Awaitility;

/** A Quarkus fast-jar in a JVM of its own. */
public final class ServiceProcess extends JvmProcess {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final int port;

    private ServiceProcess(
            String service, int port, List<String> flags, List<String> arguments, Map<String, String> environment) {
        super(service + "-" + port, command(service, flags, arguments), environment);
        this.port = port;
    }

    /**
     * Starts services/{@code service} on a free port and returns at once.
     *
     * @param settings system properties
     */
    public static ServiceProcess start(String service, Map<String, String> settings) {
        return start(service, FreePorts.one(), settings, Map.of());
    }

    /** The same with environment variables, which system properties override. */
    public static ServiceProcess start(String service, Map<String, String> settings, Map<String, String> environment) {
        return start(service, FreePorts.one(), settings, environment);
    }

    /** The same on a given port. */
    static ServiceProcess start(
            String service, int port, Map<String, String> settings, Map<String, String> environment) {
        List<String> flags = new ArrayList<>();
        flags.add("-Dquarkus.http.port=" + port);
        flags.add("-Dquarkus.http.host=127.0.0.1");
        flags.addAll(flags(settings));
        return new ServiceProcess(service, port, flags, List.of(), environment);
    }

    /** Starts {@code surstream up} on a free HTTP port and returns at once. */
    public static ServiceProcess up(Path data, List<String> options) {
        return up(data, FreePorts.one(), options);
    }

    /** The same with further settings, as system properties. */
    public static ServiceProcess up(Path data, List<String> options, Map<String, String> settings) {
        return up(data, FreePorts.one(), options, flags(settings));
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
        return new ServiceProcess("standalone", port, settings, arguments, Map.of());
    }

    private static List<String> flags(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    private static List<String> command(String service, List<String> flags, List<String> arguments) {
        Path jar = ROOT.resolve("services/" + service + "/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing; run ./mvnw package first");
        }
        List<String> command = new ArrayList<>(List.of("-Xmx512m", "-Dai.djl.offline=true"));
        command.addAll(flags);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return command;
    }

    /** Waits until all readiness checks are up. */
    public ServiceProcess awaitReady() {
        try {
            Awaitility.await(name() + " is ready")
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(100))
                    .failFast(name() + " ended; its output is in " + log(), () -> !isAlive())
                    .until(this::isReady);
        } catch (RuntimeException e) {
            kill();
            throw e;
        }
        return this;
    }

    /** Whether it says now that it is ready, as a load balancer asks. */
    public boolean isReady() {
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
}
