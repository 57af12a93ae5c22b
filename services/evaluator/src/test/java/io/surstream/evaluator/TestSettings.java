package io.surstream.evaluator;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.evaluator.config.EvaluatorConfig;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.KafkaConfig;
import java.time.Duration;
import java.util.Map;

/** Settings as the service reads them. */
public final class TestSettings {
    private TestSettings() {}

    public static SmallRyeConfig of(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(EvaluatorConfig.class)
                .withMapping(KafkaConfig.class)
                .withMapping(StorageConfig.class)
                .withDefaultValues(values)
                .build();
    }
}
