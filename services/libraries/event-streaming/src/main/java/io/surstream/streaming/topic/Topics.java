package io.surstream.streaming.topic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** The catalogue under one prefix: full names and what each topic should look like on the cluster. */
public final class Topics {

    private final TopicSettings settings;

    public Topics(TopicSettings settings) {
        this.settings = settings;
    }

    /** The name on the cluster. */
    public String name(Topic topic) {
        return settings.prefix() + topic.shortName();
    }

    public int partitions() {
        return settings.partitions();
    }

    public short replication() {
        return settings.replication();
    }

    /** Settings of the topic on the cluster, as Kafka names them. */
    public Map<String, String> config(Topic topic) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("cleanup.policy", topic.cleanup().configValue());
        retention(topic).ifPresent(kept -> config.put("retention.ms", String.valueOf(kept.toMillis())));
        config.put("max.message.bytes", String.valueOf(topic.maxMessageBytes()));
        // A client may write any number as a record's time, and retention goes by it.
        config.put("message.timestamp.type", "LogAppendTime");
        return config;
    }

    public NewTopic newTopic(Topic topic) {
        Optional<Short> replication =
                settings.replication() == -1 ? Optional.empty() : Optional.of(settings.replication());
        return new NewTopic(name(topic), Optional.of(settings.partitions()), replication).configs(config(topic));
    }

    private Optional<Duration> retention(Topic topic) {
        return Optional.ofNullable(settings.retention().get(topic.shortName())).or(topic::retention);
    }
}
