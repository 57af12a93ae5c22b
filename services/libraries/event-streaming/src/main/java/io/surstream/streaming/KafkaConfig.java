package io.surstream.streaming;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The cluster and its topics, the same for every service. */
@ConfigMapping(prefix = "surstream.kafka")
public interface KafkaConfig {
    /** Brokers as {@code host:port}, comma separated. */
    @WithDefault("localhost:9092")
    String bootstrapServers();

    /** Name of this process among its peers, stable over restarts where possible; absent: host and process id. */
    Optional<String> instance();

    /** How topics are created. */
    TopicsConfig topics();

    /** Kafka client properties for every client, security included, as {@code surstream.kafka.properties."sasl.mechanism"}. */
    Map<String, String> properties();

    interface TopicsConfig {
        /** Put before every topic's name. */
        @WithDefault("surstream.")
        String prefix();

        /** Partitions of topics that do not exist yet. */
        @WithDefault("4")
        int partitions();

        /** Replicas of topics that do not exist yet; -1 is the broker's default. */
        @WithDefault("-1")
        short replication();

        /** Retention by topic, as {@code surstream.kafka.topics.retention."images.sampled"=30d}. */
        @WithName("retention")
        Map<String, Duration> retention();
    }

    /** As the clients take it. */
    default KafkaSettings settings() {
        return new KafkaSettings(bootstrapServers(), instance().orElseGet(KafkaConfig::hostAndProcess), properties());
    }

    /** The catalogue under these settings. */
    default Topics catalogue() {
        return new Topics(new TopicSettings(
                topics().prefix(), topics().partitions(), topics().replication(), topics().retention()));
    }

    private static String hostAndProcess() {
        // In a container the process id is the same after each restart; on a shared host it keeps two processes apart.
        long process = ProcessHandle.current().pid();
        try {
            return java.net.InetAddress.getLocalHost().getHostName() + '-' + process;
        } catch (java.net.UnknownHostException e) {
            return "instance-" + process;
        }
    }
}
