package io.surstream.encoder;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.encoder.adapters.AdapterRegistry;
import io.surstream.encoder.adapters.PromotedAdapters;
import io.surstream.encoder.app.EncoderAssembly;
import io.surstream.encoder.app.EncoderAssembly.BaseModel;
import io.surstream.encoder.config.EncoderConfig;
import io.surstream.encoder.stages.PromptEncoding;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.KafkaConfig;
import java.time.Duration;
import java.util.Map;

/** The service's parts as the container puts them together. */
record TestEncoder(
        PromptEncoding encoding,
        PromotedAdapters promoted,
        SimpleMeterRegistry meters,
        String modelRevision,
        int width) {
    static TestEncoder of(EncoderConfig config, StorageConfig storage) {
        EncoderAssembly assembly = new EncoderAssembly();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        BaseModel model = assembly.model(config, storage);
        AdapterRegistry registry = assembly.registry(model, config, storage, meters);
        return new TestEncoder(
                assembly.encoding(model, registry, config, meters),
                assembly.promoted(registry, meters),
                meters,
                model.folder().revision(),
                model.embedder().width());
    }

    static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(EncoderConfig.class)
                .withMapping(KafkaConfig.class)
                .withMapping(StorageConfig.class)
                .withDefaultValues(values)
                .build();
    }
}
