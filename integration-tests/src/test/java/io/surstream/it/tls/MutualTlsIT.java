package io.surstream.it.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.surstream.it.processes.ServiceProcess;
import io.surstream.it.processes.SurstreamCommand;
import io.surstream.testsupport.secured.TestCertificates;
import io.surstream.v1.CurationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The curator, a process of its own, over TLS on its one port: its gRPC callers show a certificate of its authority with a name
 * that may call the method, probes need none.
 */
class MutualTlsIT {
    private static final String KEY_OF_THE_SERVER = "QUARKUS_TLS_KEY_STORE_PEM__0__KEY";
    private static final String AUTHORITIES = "QUARKUS_TLS_TRUST_STORE_PEM_CERTS";

    private static final Set<String> REFUSALS = Stream.of(Status.Code.UNAUTHENTICATED, Status.Code.UNIMPLEMENTED)
            .map(code -> String.valueOf(code.value()))
            .collect(Collectors.toSet());

    @TempDir
    static Path folder;

    private static TlsDeployment deployment;
    private static TestCertificates certificates;
    private static TestCertificates.Identity own;
    private static ServiceProcess curator;

    @BeforeAll
    static void start() throws IOException {
        deployment = new TlsDeployment(folder);
        certificates = deployment.certificates();
        own = certificates.issue("operator");
        curator = deployment.start("curator");
        deployment.awaitReady(curator);
    }

    @AfterAll
    static void stop() {
        if (deployment != null) {
            deployment.close();
        }
    }

    @Test
    void a_name_that_may_not_is_told_who_may_and_health_and_reflection_ask_for_no_role() {
        StatusRuntimeException refusal = assertThrows(
                StatusRuntimeException.class,
                () -> deployment.caller("prompt-app", curator).importScenes("refused", 1));

        assertEquals(Status.Code.PERMISSION_DENIED, refusal.getStatus().getCode());
        assertTrue(
                refusal.getMessage().contains("may not call surstream.v1.Curator/Import, which is for operator"),
                refusal.getMessage());
        assertEquals(Status.Code.PERMISSION_DENIED, refused(deployment.caller("mallory", curator)));
        assertDoesNotThrow(() -> deployment
                .caller("mallory", curator)
                .callEmpty("grpc.reflection.v1.ServerReflection/ServerReflectionInfo"));
        assertDoesNotThrow(
                () -> TlsCaller.trusting(certificates, curator.port()).callEmpty("grpc.health.v1.Health/Check"));
    }

    @Test
    void a_caller_with_a_certificate_of_the_authority_is_served_before_and_after_others_are_refused() {
        assertServed("before");

        assertEquals(Status.Code.UNAUTHENTICATED, refused(TlsCaller.trusting(certificates, curator.port())));
        TestCertificates strangers = TestCertificates.in(folder.resolve("strangers"));
        assertEquals(
                Status.Code.UNAUTHENTICATED,
                refused(TlsCaller.showing(strangers.issue("operator"), certificates, curator.port())),
                "a client keeps back what the server would not take");
        TestCertificates namesake = TestCertificates.in(folder.resolve("forged/ca"));
        assertEquals(
                Status.Code.UNAVAILABLE,
                refused(TlsCaller.showing(namesake.issue("operator"), certificates, curator.port())),
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

    /** Where the rule for the path knows only the usual spelling, the check of names refuses. */
    @Test
    void a_methods_path_in_another_spelling_is_not_answered_either() throws Exception {
        for (String path : List.of(
                "/surstream.v1.Curator/Import;a=b",
                "/surstream.v1.Curator;a=b/Import",
                "/surstream.v1.Curator/Import%3Ba=b",
                "/surstream.v1.Curator%2FImport",
                "/surstream.v1.Curator%5CImport",
                "/surstream.v1.%43urator/Import",
                "//surstream.v1.Curator/Import",
                "/surstream.v1.Curator/./Import",
                "/q/../surstream.v1.Curator/Import")) {
            var answer = TlsCaller.post(certificates, curator.port(), path);

            String status = answer.headers().firstValue("grpc-status").orElse("no status");
            assertTrue(
                    answer.statusCode() >= 400 || REFUSALS.contains(status),
                    path + " was answered with " + answer.statusCode() + ", " + status);
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
    void settings_that_cannot_be_served_with_stop_the_start_and_are_named() throws IOException {
        String missing = folder.resolve("no-such.key").toString();
        Map<String, String> withoutKey = deployment.environment("curator");
        withoutKey.remove(KEY_OF_THE_SERVER);
        Map<String, String> withMissingKey = deployment.environment("curator");
        withMissingKey.put(KEY_OF_THE_SERVER, missing);
        Map<String, String> withoutAuthorities = deployment.environment("curator");
        withoutAuthorities.remove(AUTHORITIES);

        List<ServiceProcess> wrong = Stream.of(withoutKey, withMissingKey, withoutAuthorities)
                .map(environment -> deployment.start("curator", environment))
                .toList();

        assertEnded(wrong.get(0), "key is required");
        assertEnded(wrong.get(1), " names " + missing + ", which does not exist or is not readable");
        assertEnded(
                wrong.get(2),
                "surstream.grpc.client-certificates is true but quarkus.tls.trust-store.pem.certs is not set");
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
}
