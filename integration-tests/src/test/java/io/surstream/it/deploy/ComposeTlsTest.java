package io.surstream.it.deploy;

import static io.surstream.it.deploy.ComposeFile.list;
import static io.surstream.it.deploy.ComposeFile.map;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.cli.certificates.Certificates;
import io.surstream.it.tls.GrpcServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** deploy/compose.tls.yaml against what {@code surstream certificates} makes, and against the file that it stands over. */
class ComposeTlsTest {
    private static final Path DEPLOY = Path.of("../deploy").toAbsolutePath().normalize();
    private static final String MADE = "./certificates/";
    /** They speak with nobody of the house but Prometheus, and with people. */
    private static final Set<String> PLAIN = Set.of("grafana", "jaeger");

    @TempDir
    static Path folder;

    private static Map<String, Map<String, Object>> below;
    private static Map<String, Map<String, Object>> tls;

    @BeforeAll
    static void makeCertificates() throws IOException {
        below = ComposeFile.of(DEPLOY.resolve("compose.yaml")).services();
        tls = ComposeFile.of(DEPLOY.resolve("compose.tls.yaml")).services();
        assertEquals(
                0,
                new CommandLine(new Certificates())
                        .setOut(new PrintWriter(new StringWriter()))
                        .execute("--out", folder.toString()));
    }

    @Test
    void everything_below_is_covered() {
        Set<String> wanted = new TreeSet<>(below.keySet());
        wanted.removeAll(PLAIN);

        assertEquals(wanted, tls.keySet());
    }

    @Test
    void every_file_that_is_mounted_or_named_is_one_that_the_command_makes() {
        tls.forEach((name, service) -> {
            Map<String, Path> mounts = list(service.get("volumes")).stream()
                    .map(volume -> volume.toString().split(":"))
                    .collect(Collectors.toMap(parts -> parts[1], parts -> made(name, parts[0])));
            mounts.values().forEach(file -> assertTrue(Files.exists(file), name + " mounts " + file));
            map(service.get("environment")).values().stream()
                    .map(Object::toString)
                    .filter(value -> value.startsWith("/certificates/"))
                    .forEach(value -> assertTrue(
                            Files.exists(
                                    mounts.get("/certificates").resolve(value.substring("/certificates/".length()))),
                            name + " names " + value));
        });
    }

    private static Path made(String service, String source) {
        assertTrue(source.startsWith(MADE), service + " mounts " + source);
        Path file = folder.resolve(source.substring(MADE.length()));
        assertTrue(
                file.equals(folder.resolve("ca.crt"))
                        || folder.relativize(file).getName(0).toString().equals(service),
                service + " has a certificate of somebody else: " + source);
        return file;
    }

    @Test
    void clients_of_kafka_and_the_store_speak_tls_and_servers_nothing_else() throws IOException {
        Set<String> asking = new TreeSet<>();
        for (String name : tls.keySet()) {
            Map<String, Object> environment = map(tls.get(name).get("environment"));
            if (map(below.get(name).get("environment")).containsKey("SURSTREAM_KAFKA_BOOTSTRAP_SERVERS")) {
                assertEquals("ssl", environment.get("SURSTREAM_KAFKA_SECURITY_PROTOCOL"), name);
                assertEquals("https://minio:9000", environment.get("SURSTREAM_STORAGE_ENDPOINT"), name);
            }
            if (list(map(tls.get(name).get("healthcheck")).get("test"))
                    .toString()
                    .contains("ReadyProbe")) {
                assertEquals("disabled", environment.get("QUARKUS_HTTP_INSECURE_REQUESTS"), name);
                assertTrue(list(map(tls.get(name).get("healthcheck")).get("test"))
                        .contains("https://localhost:8080/q/health/ready"));
            }
            if ("true".equals(environment.get("SURSTREAM_GRPC_CLIENT_CERTIFICATES"))) {
                asking.add(name);
            }
        }

        assertEquals(GrpcServers.names(), asking);
        assertEquals(
                "INTERNAL:SSL,HOST:SSL,CONTROLLER:PLAINTEXT",
                map(tls.get("kafka").get("environment")).get("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"));
    }

    @Test
    void prometheus_asks_the_same_by_tls() throws IOException {
        String plain = Files.readString(DEPLOY.resolve("prometheus/prometheus.yml"));
        String encrypted = Files.readString(DEPLOY.resolve("prometheus/prometheus-tls.yml"));

        assertEquals(
                plain,
                encrypted
                        .replaceFirst("#.*\n", "")
                        .replaceAll(
                                "    scheme: https\n    tls_config:\n      ca_file: /certificates/ca.crt\n(      #.*\n      server_name: surstream-service\n)?",
                                ""));
        assertTrue(list(tls.get("prometheus").get("command"))
                .contains("--config.file=/etc/prometheus/prometheus-tls.yml"));
        Set<Object> arguments = Set.copyOf(list(tls.get("prometheus").get("command")));
        assertTrue(list(below.get("prometheus").get("command")).stream().skip(1).allMatch(arguments::contains));
    }
}
