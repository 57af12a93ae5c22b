package io.surstream.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.testsupport.secured.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSecurityTest {
    private static final String PREFIX = "surstream.kafka.security.";

    @TempDir
    static Path folder;

    private static TestCertificates certificates;
    private static TestCertificates.Identity sampler;

    @BeforeAll
    static void makeCertificates() {
        certificates = TestCertificates.in(folder.resolve("ca"));
        sampler = certificates.issue("image-sampler");
    }

    @Test
    void wrong_topics_are_wrong_settings() {
        KafkaConfig wrong = new SmallRyeConfigBuilder()
                .withMapping(KafkaConfig.class)
                .withDefaultValues(Map.of("surstream.kafka.topics.partitions", "0"))
                .build()
                .getConfigMapping(KafkaConfig.class);

        ConfigValidationException refused = assertThrows(ConfigValidationException.class, wrong::catalogue);

        assertEquals(
                "surstream.kafka.topics.partitions must be 1 or more but is 0",
                refused.getProblem(0).getMessage());
    }

    private static KafkaSettings settings(Map<String, String> security) {
        Map<String, String> all = new HashMap<>();
        security.forEach((name, value) -> all.put(PREFIX + name, value));
        return new SmallRyeConfigBuilder()
                .withMapping(KafkaConfig.class)
                .withDefaultValues(all)
                .build()
                .getConfigMapping(KafkaConfig.class)
                .settings();
    }

    private static String refusal(Map<String, String> security) {
        ConfigValidationException refused = assertThrows(ConfigValidationException.class, () -> settings(security));
        return IntStream.range(0, refused.getProblemCount())
                .mapToObj(problem -> refused.getProblem(problem).getMessage())
                .collect(Collectors.joining("; "));
    }

    @Test
    void without_a_setting_nothing_is_encrypted() {
        assertEquals(Map.of(), settings(Map.of()).properties());
    }

    @Test
    void user_and_password_over_tls_become_client_properties() {
        Map<String, String> properties = settings(Map.of(
                        "protocol",
                        "sasl-ssl",
                        "user",
                        "image-sampler",
                        "password",
                        "a\"b\\c",
                        "truststore",
                        certificates.authority().toString()))
                .properties();

        assertEquals("SASL_SSL", properties.get("security.protocol"));
        assertEquals("SCRAM-SHA-512", properties.get("sasl.mechanism"));
        assertEquals(
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"image-sampler\""
                        + " password=\"a\\\"b\\\\c\";",
                properties.get("sasl.jaas.config"));
        assertEquals("PEM", properties.get("ssl.truststore.type"));
        assertFalse(properties.containsKey("ssl.endpoint.identification.algorithm"), "the host name is verified");
    }

    @Test
    void a_client_certificate_may_be_pkcs12() {
        Map<String, String> properties = settings(Map.of(
                        "protocol",
                        "ssl",
                        "keystore",
                        sampler.keystore().toString(),
                        "keystore-password",
                        sampler.password(),
                        "verify-hostname",
                        "false"))
                .properties();

        assertEquals("PKCS12", properties.get("ssl.keystore.type"));
        assertEquals(sampler.password(), properties.get("ssl.keystore.password"));
        assertEquals(sampler.password(), properties.get("ssl.key.password"));
        assertEquals("", properties.get("ssl.endpoint.identification.algorithm"));
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
        String refusal = refusal(Map.of(
                "protocol", "sasl-ssl",
                "user", "image-sampler",
                "truststore", "/no/such/ca.pem",
                "keystore", empty.toString()));

        assertEquals(
                PREFIX + "password is missing, which protocol sasl-ssl needs; " + PREFIX
                        + "truststore names /no/such/ca.pem, which does not exist or is not readable; " + PREFIX
                        + "keystore names " + empty + ", which holds no certificate",
                refusal);
    }

    @Test
    void settings_that_would_be_without_effect_are_refused() {
        String refusal = refusal(Map.of(
                "user", "gateway",
                "password", "do-not-say-this",
                "truststore", certificates.authority().toString()));

        assertEquals(
                PREFIX + "truststore is given but protocol plaintext does not encrypt; use ssl or sasl-ssl; " + PREFIX
                        + "user is given but protocol plaintext has none; use sasl-ssl; " + PREFIX
                        + "password is given but protocol plaintext has none; use sasl-ssl",
                refusal);
    }

    @Test
    void a_keystore_with_another_password_is_refused_without_saying_either() {
        String refusal = refusal(Map.of(
                "protocol", "ssl",
                "keystore", sampler.keystore().toString(),
                "keystore-password", "do-not-say-this"));

        assertTrue(
                refusal.startsWith(PREFIX + "keystore names " + sampler.keystore()
                        + ", which cannot be read as PKCS12 with the password in " + PREFIX + "keystore-password: "),
                refusal);
        assertFalse(refusal.contains("do-not-say-this"), refusal);
    }

    @Test
    void a_certificate_alone_cannot_be_shown() {
        assertEquals(
                PREFIX + "keystore names " + sampler.certificate()
                        + ", which holds no private key beside its certificates",
                refusal(Map.of(
                        "protocol", "ssl", "keystore", sampler.certificate().toString())));
    }

    @Test
    void settings_in_a_log_hold_no_secret() {
        KafkaSettings settings = settings(Map.of(
                "protocol", "sasl-ssl",
                "user", "gateway",
                "password", "do-not-say-this"));

        assertFalse(settings.toString().contains("do-not-say-this"), settings.toString());
    }
}
