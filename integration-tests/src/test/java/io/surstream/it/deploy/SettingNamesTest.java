package io.surstream.it.deploy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingNamesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final SettingNames SAMPLER = SettingNames.of(ROOT, "image-sampler");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SURSTREAM_SAMPLER_MAX_STEPS",
                "SURSTREAM_MAX_STEPS",
                "SURSTREAM_KAFKA_BOOTSTRAP_SERVERS",
                "SURSTREAM_KAFKA_PROPERTIES__SECURITY_PROTOCOL_",
                "SURSTREAM_KAFKA_TOPICS_RETENTION__IMAGES_SAMPLED_",
                "SURSTREAM_STORAGE_SECRET_KEY",
                "QUARKUS_HTTP_PORT",
                "QUARKUS_LOG_CATEGORY__IO_SURSTREAM__LEVEL",
                "OMP_WAIT_POLICY"
            })
    void names_that_the_service_reads_are_known(String variable) {
        assertTrue(SAMPLER.knows(variable));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SURSTREAM_SAMPLER_MAX_STEP",
                "SURSTREAM_ENCODER_LINGER",
                "SURSTREAM_KAFKA_BROKERS",
                "SURSTREAM_KAFKA_PROPERTIES",
                "QUARKUS_HTTP_PORTS",
                "QUARKUS_PACKAGE_JAR_TYPE",
                "KAFKA_BOOTSTRAP_SERVERS"
            })
    void names_that_nobody_reads_are_not(String variable) {
        assertFalse(SAMPLER.knows(variable));
    }

    @Test
    void standalone_knows_every_services_settings() {
        SettingNames standalone = SettingNames.of(ROOT, "standalone");

        assertTrue(standalone.knows("SURSTREAM_ENCODER_LINGER"));
        assertTrue(standalone.knows("SURSTREAM_TRAINER_WORK"));
    }

    @Test
    void a_service_that_is_not_there_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> SettingNames.of(ROOT, "encoder"));
    }
}
