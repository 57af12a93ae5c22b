package io.surstream.cli.doctor;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.cli.remote.RunningInstance;
import io.surstream.keys.UnknownSettings;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.KafkaConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The services' own settings, read as they read them: system properties, environment, defaults. A running
 * {@code surstream up} comes between environment and defaults, and options come first.
 */
final class DoctorSettings {
    private static final int BEFORE_ALL = 1_000;
    private static final int AFTER_ENVIRONMENT = 200;
    static final String KAFKA = "surstream.kafka.bootstrap-servers";
    static final String STORAGE = "surstream.storage.endpoint";
    static final String MODEL = "surstream.model";
    static final String TEACHER = "surstream.teacher";

    private final SmallRyeConfig config;

    /** @param options by the settings' names */
    DoctorSettings(Map<String, String> options, Optional<RunningInstance> running) {
        Map<String, String> instance = new HashMap<>();
        running.ifPresent(up -> {
            instance.put(KAFKA, up.bootstrapServers());
            instance.put(STORAGE, up.storageEndpoint());
            instance.put("surstream.storage.access-key", up.accessKey());
            instance.put("surstream.storage.secret-key", up.secretKey());
        });
        config = new SmallRyeConfigBuilder()
                .addSystemSources()
                .addDefaultInterceptors()
                .withSources(
                        new PropertiesConfigSource(options, "options", BEFORE_ALL),
                        new PropertiesConfigSource(instance, "run.json", AFTER_ENVIRONMENT))
                .withMapping(KafkaConfig.class)
                .withMapping(StorageConfig.class)
                .withValidateUnknown(false)
                .build();
        UnknownSettings.refuse(config);
    }

    /** Whether anybody says where Kafka is; its default is only a guess. */
    boolean namesKafka() {
        return isGiven(KAFKA);
    }

    /** Whether anybody says where the store is. */
    boolean namesStorage() {
        return isGiven(STORAGE);
    }

    /** A mapping's defaults are values too, of the least ordinal. */
    private boolean isGiven(String name) {
        return config.getConfigValue(name).getSourceOrdinal() > Integer.MIN_VALUE;
    }

    KafkaConfig kafka() {
        return config.getConfigMapping(KafkaConfig.class);
    }

    StorageConfig storage() {
        return config.getConfigMapping(StorageConfig.class);
    }

    String model() {
        return model(MODEL);
    }

    String teacher() {
        return model(TEACHER);
    }

    private String model(String name) {
        return config.getOptionalValue(name, String.class).orElse("playground");
    }
}
