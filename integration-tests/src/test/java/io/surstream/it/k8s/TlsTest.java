package io.surstream.it.k8s;

import static io.surstream.it.k8s.Kustomization.name;
import static io.surstream.it.k8s.Manifests.container;
import static io.surstream.it.k8s.Manifests.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.access.CallerRole;
import io.surstream.it.tls.GrpcServers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever serves TLS has a certificate for it, and whoever asks it asks by TLS: what the schemas cannot know. */
class TlsTest {
    private static final String EVERY_SERVICE = "surstream-service";
    /** What cert-manager writes into a secret. */
    private static final Set<String> FILES = Set.of("tls.crt", "tls.key", "ca.crt");

    private static final Manifests PRODUCTION = Manifests.of("production");

    static List<Manifests> overlays() {
        return Manifests.all().toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void probes_ports_and_prometheus_speak_what_the_service_speaks(Manifests overlay) {
        for (JsonNode workload : overlay.services()) {
            boolean tls = overlay.environment(workload).containsKey("QUARKUS_HTTP_SSL_PORT");
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                assertEquals(
                        tls ? "HTTPS" : "HTTP",
                        container(workload).at("/" + probe + "/httpGet/scheme").asText("HTTP"),
                        overlay + ", " + name(workload) + ", " + probe);
            }
            String protocol = overlay.named("Service", name(workload))
                    .at("/spec/ports/0/appProtocol")
                    .asText();
            assertEquals(tls, protocol.equals("https"), overlay + ", " + name(workload) + ": " + protocol);
            overlay.kind("ServiceMonitor")
                    .forEach(monitor -> assertEquals(
                            tls ? "https" : "http",
                            monitor.at("/spec/endpoints/0/scheme").asText("http")));
        }
    }

    @Test
    void production_serves_tls_alone_with_the_files_of_a_certificate_of_its_name() {
        for (JsonNode workload : PRODUCTION.services()) {
            Map<String, String> environment = PRODUCTION.environment(workload);
            assertEquals("8080", environment.get("QUARKUS_HTTP_SSL_PORT"));
            assertEquals("disabled", environment.get("QUARKUS_HTTP_INSECURE_REQUESTS"));
            Path folder = Path.of(mount(workload, "tls"));
            environment.forEach((variable, value) -> {
                if (variable.startsWith("QUARKUS_TLS_") && value.startsWith("/")) {
                    assertEquals(folder, Path.of(value).getParent(), variable);
                    assertTrue(FILES.contains(Path.of(value).getFileName().toString()), variable);
                }
            });
            JsonNode certificate = PRODUCTION.named("Certificate", name(workload));

            assertEquals(certificate.at("/spec/secretName"), secret(workload, "tls"));
            assertTrue(words(certificate.at("/spec/dnsNames"))
                    .containsAll(List.of(name(workload), name(workload) + ".surstream.svc", EVERY_SERVICE)));
            assertEquals("PKCS8", certificate.at("/spec/privateKey/encoding").asText());
            assertEquals(List.of("server auth"), words(certificate.at("/spec/usages")));
        }
    }

    @Test
    void production_asks_grpc_callers_for_certificates_exactly_where_there_is_grpc() throws Exception {
        Set<String> asking = PRODUCTION.services().stream()
                .filter(workload ->
                        "true".equals(PRODUCTION.environment(workload).get("SURSTREAM_GRPC_CLIENT_CERTIFICATES")))
                .map(Kustomization::name)
                .collect(Collectors.toSet());

        assertEquals(GrpcServers.names(), asking);
    }

    @Test
    void there_is_a_caller_of_each_role_by_its_name_alone() {
        for (CallerRole role : CallerRole.values()) {
            JsonNode certificate = PRODUCTION.named("Certificate", role.title());

            assertEquals(List.of(role.title()), words(certificate.at("/spec/dnsNames")));
            assertEquals(List.of("client auth"), words(certificate.at("/spec/usages")));
        }
        assertEquals(
                PRODUCTION.services().size() + CallerRole.values().length + 1,
                PRODUCTION.kind("Certificate").size(),
                Arrays.toString(CallerRole.values()) + ", every service, and the authority");
    }

    @Test
    void every_certificate_has_an_issuer_and_its_authority_is_there() {
        for (JsonNode certificate : PRODUCTION.kind("Certificate")) {
            JsonNode issuer = PRODUCTION.named(
                    "Issuer", certificate.at("/spec/issuerRef/name").asText());
            if (issuer.at("/spec").has("ca")) {
                assertEquals(
                        PRODUCTION.named("Certificate", "surstream-authority").at("/spec/secretName"),
                        issuer.at("/spec/ca/secretName"));
            }
        }
        assertTrue(PRODUCTION
                .named("Certificate", "surstream-authority")
                .at("/spec/isCA")
                .asBoolean());
    }

    @Test
    void prometheus_asks_for_the_name_that_all_pods_have_and_trusts_the_authority() {
        JsonNode tls = PRODUCTION.named("ServiceMonitor", "surstream").at("/spec/endpoints/0/tlsConfig");

        assertEquals(EVERY_SERVICE, tls.get("serverName").asText());
        assertEquals("ca.crt", tls.at("/ca/secret/key").asText());
        assertEquals(PRODUCTION.named("Certificate", "gateway").at("/spec/secretName"), tls.at("/ca/secret/name"));
    }

    @Test
    void production_reaches_kafka_and_the_store_by_tls_with_authorities_that_are_mounted() {
        for (JsonNode workload : PRODUCTION.workloads()) {
            Map<String, String> environment = PRODUCTION.environment(workload);

            assertEquals("sasl-ssl", environment.get("SURSTREAM_KAFKA_SECURITY_PROTOCOL"));
            assertTrue(environment.get("SURSTREAM_STORAGE_ENDPOINT").startsWith("https://"), name(workload));
            assertEquals(mount(workload, "storage-ca") + "/ca.crt", environment.get("SURSTREAM_STORAGE_TRUSTSTORE"));
            assertEquals(
                    mount(workload, "kafka-ca") + "/ca.crt", environment.get("SURSTREAM_KAFKA_SECURITY_TRUSTSTORE"));
        }
    }

    private static String mount(JsonNode workload, String volume) {
        return stream(container(workload).path("volumeMounts"))
                .filter(mount -> mount.get("name").asText().equals(volume))
                .map(mount -> mount.get("mountPath").asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError(name(workload) + " has no mount " + volume));
    }

    private static JsonNode secret(JsonNode workload, String volume) {
        return stream(workload.at("/spec/template/spec/volumes"))
                .filter(each -> each.get("name").asText().equals(volume))
                .map(each -> each.at("/secret/secretName"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name(workload) + " has no volume " + volume));
    }

    private static List<String> words(JsonNode list) {
        return stream(list).map(JsonNode::asText).toList();
    }
}
