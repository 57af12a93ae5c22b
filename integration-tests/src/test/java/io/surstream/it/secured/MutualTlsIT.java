package io.surstream.it.secured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.EmbeddedPlatform;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.it.processes.ServiceProcess;
import io.surstream.it.processes.SurstreamCommand;
import io.surstream.secured.TestCertificates;
import io.surstream.v1.CurationReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The curator, a process of its own, over TLS on its one port: its gRPC callers show a certificate of its authority, probes need none. */
class MutualTlsIT {
    private static final String KEY_OF_THE_SERVER = "quarkus.tls.key-store.pem.0.key";
    private static final String AUTHORITIES = "quarkus.tls.trust-store.pem.certs";

    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static TestCertificates.Identity own;
    private static Map<String, String> settings;
    private static EmbeddedPlatform platform;
    private static ServiceProcess curator;

    @BeforeAll
    static void start() {
        certificates = TestCertificates.in(folder.resolve("ca"));
        own = certificates.issue("cli");
        platform = EmbeddedPlatform.start(
                EmbeddedKafkaSettings.in(folder.resolve("kafka")), EmbeddedS3Settings.in(folder.resolve("s3")));
        TestCertificates.Identity server = certificates.issue("curator");
        settings = Map.of(
                "surstream.kafka.bootstrap-servers",
                platform.kafka().bootstrapServers(),
                "surstream.storage.endpoint",
                platform.s3().endpoint().toString(),
                "surstream.storage.access-key",
                platform.s3().accessKey(),
                "surstream.storage.secret-key",
                platform.s3().secretKey(),
                "quarkus.http.insecure-requests",
                "disabled",
                "quarkus.http.ssl-port",
                "${quarkus.http.port}",
                "quarkus.tls.key-store.pem.0.cert",
                server.certificate().toString(),
                KEY_OF_THE_SERVER,
                server.key().toString(),
                AUTHORITIES,
                certificates.authority().toString(),
                "surstream.grpc.client-certificates",
                "true");
        curator = ServiceProcess.start("curator", settings);
        Awaitility.await("the curator is ready, as a probe without a certificate sees it")
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .failFast("the curator ended", () -> !curator.isAlive())
                .until(() -> TlsCaller.get(certificates, curator.port(), "/q/health/ready")
                                .statusCode()
                        == 200);
    }

    @AfterAll
    static void stop() {
        if (curator != null) {
            curator.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void a_caller_with_a_certificate_of_the_authority_is_served_before_and_after_others_are_refused() {
        assertServed("before");

        assertEquals(Status.Code.UNAUTHENTICATED, refused(TlsCaller.trusting(certificates, curator.port())));
        TestCertificates strangers = TestCertificates.in(folder.resolve("strangers"));
        assertEquals(
                Status.Code.UNAUTHENTICATED,
                refused(TlsCaller.showing(strangers.issue("cli"), certificates, curator.port())),
                "a client keeps back what the server would not take");
        TestCertificates namesake = TestCertificates.in(folder.resolve("forged/ca"));
        assertEquals(
                Status.Code.UNAVAILABLE,
                refused(TlsCaller.showing(namesake.issue("cli"), certificates, curator.port())),
                "no handshake with what an authority of the same name has signed");
        assertEquals(Status.Code.UNAVAILABLE, refused(TlsCaller.unencrypted(curator.port())));
        assertEquals(
                Status.Code.UNAVAILABLE,
                refused(TlsCaller.showing(own, strangers, curator.port())),
                "a server of another authority is not spoken to");

        assertServed("after");
    }

    @Test
    void every_method_and_the_reflection_are_closed_to_callers_without_a_certificate() throws Exception {
        for (String method : List.of(
                "surstream.v1.Curator/Import",
                "surstream.v1.Curator/Report",
                "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
                "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")) {
            var answer = TlsCaller.post(certificates, curator.port(), "/" + method);

            assertEquals(401, answer.statusCode(), method);
        }
    }

    @Test
    void health_and_metrics_need_no_certificate() throws Exception {
        for (String path : List.of("/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics")) {
            var answer = TlsCaller.get(certificates, curator.port(), path);

            assertEquals(200, answer.statusCode(), path + ": " + answer.body());
        }
    }

    @Test
    void the_command_shows_its_certificate() {
        String said = SurstreamCommand.run(
                Map.of(),
                List.of(
                        "dataset",
                        "import",
                        "playground:2?seed=1",
                        "--dataset",
                        "by-command",
                        "--json",
                        "--address",
                        "127.0.0.1:" + curator.port(),
                        "--tls-ca",
                        certificates.authority().toString(),
                        "--tls-cert",
                        own.certificate().toString(),
                        "--tls-key",
                        own.key().toString()));

        assertTrue(said.contains("by-command"), said);
    }

    @Test
    void settings_that_cannot_be_served_with_stop_the_start_and_are_named() {
        String missing = folder.resolve("no-such.key").toString();

        List<ServiceProcess> wrong = List.of(
                ServiceProcess.start("curator", without(KEY_OF_THE_SERVER)),
                ServiceProcess.start("curator", with(KEY_OF_THE_SERVER, missing)),
                ServiceProcess.start("curator", without(AUTHORITIES)));

        assertEnded(wrong.get(0), KEY_OF_THE_SERVER + " is required");
        assertEnded(wrong.get(1), KEY_OF_THE_SERVER + " names " + missing + ", which is no file that can be read");
        assertEnded(wrong.get(2), "surstream.grpc.client-certificates is true but " + AUTHORITIES + " is not set");
    }

    private static void assertServed(String dataset) {
        CurationReport report =
                TlsCaller.showing(own, certificates, curator.port()).importScenes(dataset, 3);

        assertEquals(3, report.getStages(report.getStagesCount() - 1).getKept(), report.toString());
    }

    private static Status.Code refused(TlsCaller caller) {
        return assertThrows(StatusRuntimeException.class, () -> caller.importScenes("refused", 1))
                .getStatus()
                .getCode();
    }

    private static void assertEnded(ServiceProcess process, String reason) {
        try (process) {
            assertEquals(1, process.awaitEnd(), process.output());
            assertTrue(process.output().contains(reason), process.output());
            assertFalse(process.output().contains("\tat "), process.output());
        }
    }

    private static Map<String, String> without(String setting) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.remove(setting);
        return changed;
    }

    private static Map<String, String> with(String setting, String value) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.put(setting, value);
        return changed;
    }
}
