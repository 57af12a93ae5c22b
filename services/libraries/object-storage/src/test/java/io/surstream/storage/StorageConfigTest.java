package io.surstream.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.keys.WrongSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
                "surstream.storage.endpoint must be http://host:port or https://host:port but is minio; "
                        + "surstream.storage.bucket must be 3..63 characters of [a-z0-9.-] but is \"B\"",
                WrongSettings.words(refused));
    }
}
