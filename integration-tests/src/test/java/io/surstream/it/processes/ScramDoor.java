package io.surstream.it.processes;

import io.surstream.testsupport.secured.SecuredKafka;
import java.nio.file.Path;
import java.util.Map;

/**
 * A broker's door for name and password (SCRAM-SHA-512) over TLS; each user has the {@linkplain SecuredKafka#password password} of
 * these tests.
 *
 * @param authority certificate of who signed the broker's, PEM
 */
record ScramDoor(String bootstrapServers, Path authority) implements KafkaLogin {

    @Override
    public Map<String, Object> as(String user) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                jaas(user),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                authority.toString());
    }

    /** What Kafka's own classes are told of a user. */
    static String jaas(String user) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + SecuredKafka.password(user) + "\";";
    }

    /** Variables of a service or command that signs in under this name. */
    Map<String, String> environment(String user) {
        return Map.of(
                "SURSTREAM_KAFKA_BOOTSTRAP_SERVERS",
                bootstrapServers,
                "SURSTREAM_KAFKA_SECURITY_PROTOCOL",
                "sasl-ssl",
                "SURSTREAM_KAFKA_SECURITY_USER",
                user,
                "SURSTREAM_KAFKA_SECURITY_PASSWORD",
                SecuredKafka.password(user),
                "SURSTREAM_KAFKA_SECURITY_TRUSTSTORE",
                authority.toString());
    }
}
