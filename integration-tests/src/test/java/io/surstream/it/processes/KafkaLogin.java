package io.surstream.it.processes;

import java.util.Map;

/** How plain Kafka clients reach a cluster. */
@FunctionalInterface
public interface KafkaLogin {

    /** What a client is configured with that signs in under this name. */
    Map<String, Object> as(String user);

    /** Of a cluster where nobody signs in. */
    static KafkaLogin open(String bootstrapServers) {
        return user -> Map.of("bootstrap.servers", bootstrapServers);
    }
}
