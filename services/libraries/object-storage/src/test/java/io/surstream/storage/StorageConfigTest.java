package io.surstream.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.keys.WrongSettings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageConfigTest {
    private static StorageConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(StorageConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(StorageConfig.class);
    }

    @Test
    void wrong_settings_stop_a_start_all_named_at_once() {
        StorageConfig wrong = config(Map.of("surstream.storage.endpoint", "minio", "surstream.storage.bucket", "B"));

        ConfigValidationException refused = assertThrows(ConfigValidationException.class, wrong::settings);

        assertEquals(
                "surstream.storage.endpoint must be http://host:port or https://host:port, without a path, but is minio; "
                        + "surstream.storage.bucket must be 3..63 characters of [a-z0-9.-] but is \"B\"",
                WrongSettings.words(refused));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pictures.example", "ftp://pictures.example", "https://example/s3", "https://a:b@example"})
    void a_public_endpoint_that_cannot_be_signed_for_is_refused(String endpoint) {
        StorageConfig wrong = config(Map.of("surstream.storage.public-endpoint", endpoint));

        ConfigValidationException refused = assertThrows(ConfigValidationException.class, wrong::settings);

        String words = WrongSettings.words(refused);
        assertTrue(words.startsWith("surstream.storage.public-endpoint must be "), words);
        assertTrue(words.contains(endpoint), words);
    }

    @Test
    void an_empty_public_endpoint_is_none() {
        assertEquals(
                Optional.empty(),
                config(Map.of("surstream.storage.public-endpoint", ""))
                        .settings()
                        .publicEndpoint());
    }
}
