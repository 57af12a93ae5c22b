package io.surstream.streaming;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.surstream.keys.WrongSettings;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The cluster and its topics, the same for every service. */
@ConfigMapping(prefix = "surstream.kafka")
public interface KafkaConfig {
    /** Brokers as {@code host:port}, comma separated. */
    @WithDefault("localhost:9092")
    String bootstrapServers();

    /** Unique name of this process, if possible stable across restarts; default: host and process id. */
    Optional<String> instance();

    /** How topics are created. */
    TopicsConfig topics();

    /** How client and cluster know each other. */
    SecurityConfig security();

    /**
     * Further Kafka properties for every client, for example {@code surstream.kafka.properties."request.timeout.ms"};
     * they override all other settings.
     */
    Map<String, String> properties();

    interface TopicsConfig {
        /** Prefix of every topic name. */
        @WithDefault("surstream.")
        String prefix();

        /** Partitions of topics that do not exist yet. */
        @WithDefault("4")
        int partitions();

        /** Replicas of topics that do not exist yet; -1 is the broker's default. */
        @WithDefault("-1")
        short replication();

        /** Retention by topic, for example {@code surstream.kafka.topics.retention."images.sampled"=30d}. */
        @WithName("retention")
        Map<String, Duration> retention();
    }

    interface SecurityConfig {
        /**
         * {@code plaintext}, {@code ssl} (TLS, with a client certificate if a keystore is set), {@code sasl-ssl} (TLS,
         * with user and password) or {@code sasl-plaintext}.
         */
        @WithDefault("plaintext")
        Protocol protocol();

        /** SASL mechanism for user and password: {@code scram-sha-512}, {@code scram-sha-256} or {@code plain}. */
        @WithDefault("scram-sha-512")
        Mechanism mechanism();

        /** User, with a SASL protocol. */
        Optional<String> user();

        /** Password, with a SASL protocol. */
        Optional<String> password();

        /** Trusted certificates: PEM, or PKCS12 or JKS by file extension; default: those of the Java runtime. */
        Optional<Path> truststore();

        /** Password of the truststore, if it has one. */
        Optional<String> truststorePassword();

        /**
         * Client key and certificate: PEM (PKCS8 key and certificates in one file), or PKCS12 or JKS by file extension.
         */
        Optional<Path> keystore();

        /** Password of the keystore, if it has one. */
        Optional<String> keystorePassword();

        /** Whether a broker's certificate must match the host name. */
        @WithDefault("true")
        boolean verifyHostname();
    }

    /** Kafka's security protocols. */
    enum Protocol {
        PLAINTEXT,
        SSL,
        SASL_PLAINTEXT,
        SASL_SSL;

        boolean encrypts() {
            return this == SSL || this == SASL_SSL;
        }

        boolean signsIn() {
            return this == SASL_PLAINTEXT || this == SASL_SSL;
        }
    }

    /** SASL mechanisms. */
    enum Mechanism {
        SCRAM_SHA_512,
        SCRAM_SHA_256,
        PLAIN;

        String kafkaName() {
            return name().replace('_', '-');
        }

        String loginModule() {
            return "org.apache.kafka.common.security."
                    + (this == PLAIN ? "plain.PlainLoginModule" : "scram.ScramLoginModule");
        }
    }

    /**
     * As the clients take it.
     *
     * @throws io.smallrye.config.ConfigValidationException naming what is wrong with these settings
     */
    default KafkaSettings settings() {
        Map<String, String> all = new HashMap<>(KafkaSecurity.properties(security()));
        all.putAll(properties());
        return WrongSettings.checking(
                () -> new KafkaSettings(bootstrapServers(), instance().orElseGet(KafkaConfig::hostAndProcess), all));
    }

    /**
     * The catalogue under these settings.
     *
     * @throws io.smallrye.config.ConfigValidationException naming what is wrong with them
     */
    default Topics catalogue() {
        return new Topics(WrongSettings.checking(() -> new TopicSettings(
                topics().prefix(), topics().partitions(), topics().replication(), topics().retention())));
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
