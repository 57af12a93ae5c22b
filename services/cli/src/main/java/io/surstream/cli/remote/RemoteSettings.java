package io.surstream.cli.remote;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.keys.UnknownSettings;
import io.surstream.storage.StorageConfig;
import io.surstream.storage.StoreSettings;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** The services' own settings of cluster and store, from the environment and system properties: a command signs in as they do. */
final class RemoteSettings {
    private final SmallRyeConfig config = new SmallRyeConfigBuilder()
            .addDefaultSources()
            .withMapping(KafkaConfig.class)
            .withMapping(StorageConfig.class)
            .withValidateUnknown(false)
            .build();

    /** @throws io.smallrye.config.ConfigValidationException when there are settings that nothing reads */
    RemoteSettings() {
        UnknownSettings.refuse(config);
    }

    /** Of a separate process, at these brokers. */
    KafkaSettings kafka(String bootstrapServers) {
        KafkaSettings settings = config.getConfigMapping(KafkaConfig.class).settings();
        return new KafkaSettings(bootstrapServers, UUID.randomUUID().toString(), settings.properties());
    }

    /** @param prefix instead of the setting's */
    Topics topics(Optional<String> prefix) {
        KafkaConfig.TopicsConfig topics =
                config.getConfigMapping(KafkaConfig.class).topics();
        return new Topics(new TopicSettings(
                prefix.orElseGet(topics::prefix), topics.partitions(), topics.replication(), topics.retention()));
    }

    String bucket() {
        return config.getConfigMapping(StorageConfig.class).bucket();
    }

    /** Days after which images are removed; empty: never. */
    OptionalInt imageDays() {
        return config.getConfigMapping(StorageConfig.class).images().checkedRetentionDays();
    }

    /** The deployment's store and account, otherwise as the settings say. */
    StoreSettings store(RunningInstance instance) {
        return config.getConfigMapping(StorageConfig.class)
                .settings(URI.create(instance.storageEndpoint()), instance.accessKey(), instance.secretKey());
    }
}
