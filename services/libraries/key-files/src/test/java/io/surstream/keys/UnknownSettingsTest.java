package io.surstream.keys;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "surstream.sampler.max-steps",
                "surstream.model",
                "surstream.curator.unsafe-words[3]",
                "surstream.kafka.topics.retention.\"images.sampled\"",
                "surstream.kafka.properties.\"request.timeout.ms\"",
                "surstream.bootstrap.accounts.prompt-encoder.secret-key",
                "surstream.root",
                "surstream.docs.write",
                "surstreams.sampler",
                "quarkus.http.port"
            })
    void settings_of_any_service_and_other_names_pass(String name) {
        assertEquals(List.of(), UnknownSettings.problems(properties(Map.of(name, "1"))));
    }

    @ParameterizedTest
    @CsvSource({
        "surstream.sampler.max-stepss, surstream.sampler.max-steps",
        "surstream.sampler.maxSteps, surstream.sampler.max-steps",
        "surstream.modell, surstream.model",
        "surstream.storage.image.retention-days, surstream.storage.images.retention-days"
    })
    void a_misspelt_property_is_refused_with_what_may_have_been_meant(String name, String meant) {
        String problem = UnknownSettings.problems(properties(Map.of(name, "1"))).get(0);

        assertTrue(problem.startsWith(name + " "), problem);
        assertTrue(problem.endsWith(" " + meant + "?"), problem);
    }

    @ParameterizedTest
    @CsvSource({
        "SURSTREAM_SAMPLER_MAX_STEPS, 5",
        "SURSTREAM_MODEL, playground",
        "SURSTREAM_CURATOR_UNSAFE_WORDS_0_, gore",
        "SURSTREAM_KAFKA_TOPICS_RETENTION__IMAGES_SAMPLED_, 30d",
        "SURSTREAM_KAFKA_PROPERTIES__REQUEST_TIMEOUT_MS_, 5000",
        "SURSTREAM_BOOTSTRAP_ACCOUNTS_PROMPT_ENCODER_SECRET_KEY, secret",
        "SURSTREAM_STANDALONE_S3_PORT, 9000",
        "SURSTREAM_JVM, -Xmx1g",
        "SURSTREAM_BUILD, never",
        "SURSTREAM_CLIENTS, /opt/clients",
        "SURSTREAM_TRACE, 1",
        "SURSTREAM_MINIO, /opt/minio",
        "SURSTREAM_IT_STORAGE_ENDPOINT, http://store",
        "SURSTREAM_PORT, tcp://10.0.0.1:8080",
        "SURSTREAM_SERVICE_HOST, 10.0.0.1",
        "SURSTREAM_GATEWAY_PORT, tcp://10.0.0.1:8080",
        "SURSTREAM_GATEWAY_SERVICE_HOST, 10.0.0.1",
        "SURSTREAM_GATEWAY_SERVICE_PORT, 8080",
        "SURSTREAM_GATEWAY_SERVICE_PORT_HTTP, 8080",
        "SURSTREAM_GATEWAY_PORT_8080_TCP, tcp://10.0.0.1:8080",
        "SURSTREAM_GATEWAY_PORT_8080_TCP_PROTO, tcp",
        "SURSTREAM_GATEWAY_PORT_8080_TCP_PORT, 8080",
        "SURSTREAM_GATEWAY_PORT_8080_TCP_ADDR, 10.0.0.1",
        "SURSTREAMS, 1"
    })
    void variables_of_settings_of_the_launcher_and_of_kubernetes_services_pass(String name, String value) {
        assertEquals(List.of(), UnknownSettings.problems(environment(Map.of(name, value))));
    }

    @ParameterizedTest
    @CsvSource({
        "SURSTREAM_SAMPLER_MAX_STEPSS, SURSTREAM_SAMPLER_MAX_STEPS",
        "SURSTREAM_MODELS, SURSTREAM_MODEL",
        "SURSTREAM_GATEWAY_RETENTON, SURSTREAM_GATEWAY_RETENTION"
    })
    void a_misspelt_variable_is_refused_with_what_may_have_been_meant(String name, String meant) {
        String problem =
                UnknownSettings.problems(environment(Map.of(name, "1"))).get(0);

        assertTrue(problem.startsWith(name + " "), problem);
        assertTrue(problem.endsWith(" " + meant + "?"), problem);
    }

    @Test
    void all_unknown_names_are_told_at_once_and_no_value() {
        // given
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(Map.of("surstream.storage.secret", "s3cret"), "file", 100),
                        new EnvConfigSource(Map.of("SURSTREAM_KAFKA_BROKERS", "s3cret", "SURSTREAM_MODEL", "m"), 300))
                .build();
        // when
        ConfigValidationException refused =
                assertThrows(ConfigValidationException.class, () -> UnknownSettings.refuse(config));
        // then
        assertEquals(2, refused.getProblemCount());
        String words = WrongSettings.words(refused);
        assertTrue(words.contains("SURSTREAM_KAFKA_BROKERS") && words.contains("surstream.storage.secret"), words);
        assertTrue(!words.contains("s3cret"), words);
    }

    @ParameterizedTest
    @CsvSource({
        "surstream.trainer.patience, surstream.trainer.idle-timeout",
        "SURSTREAM_TRAINER_PATIENCE, SURSTREAM_TRAINER_IDLE_TIMEOUT",
        "surstream.trainer.other,",
    })
    void an_old_name_leads_to_the_new_one(String former, String name) {
        Map<String, String> renamed = Map.of("surstream.trainer.idle-timeout", "surstream.trainer.patience");

        assertEquals(Optional.ofNullable(name), UnknownSettings.renamed(former, renamed));
    }

    @Test
    void no_old_name_is_a_setting() {
        RenamedSettings.FORMER.forEach((name, former) -> {
            assertTrue(KnownSettings.knowsProperty(name), name);
            assertFalse(KnownSettings.knowsProperty(former), former);
        });
    }

    @Test
    void nothing_unknown_is_nothing_to_refuse() {
        assertDoesNotThrow(() -> UnknownSettings.refuse(properties(Map.of())));
    }

    private static SmallRyeConfig properties(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "given", 100))
                .build();
    }

    private static SmallRyeConfig environment(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(values, 300))
                .build();
    }
}
