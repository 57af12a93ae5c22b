package io.surstream.streaming.client;

import java.util.HashMap;
import java.util.Map;

/**
 * How to reach the cluster.
 *
 * @param bootstrapServers host:port pairs, comma separated
 * @param instance names this process among its peers, stable over its restarts where possible: a restarted instance
 *     takes over its own open transactions immediately, while peers wait for their time-out. Two living processes must
 *     not share it.
 * @param properties Kafka client properties handed through to every client, security included; they win over ours
 */
public record KafkaSettings(String bootstrapServers, String instance, Map<String, String> properties) {

    public KafkaSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("surstream.kafka.bootstrap-servers must name host:port but is blank");
        }
        if (instance.isBlank()) {
            throw new IllegalArgumentException("the instance name must not be blank");
        }
        properties = Map.copyOf(properties);
    }

    /** The given defaults, overridden by what the user passes through; for clients that are not made here, as Kafka Streams. */
    public Map<String, Object> clientProperties(Map<String, ?> defaults) {
        Map<String, Object> all = new HashMap<>(defaults);
        all.put("bootstrap.servers", bootstrapServers);
        all.putAll(properties);
        return all;
    }

    /** Without the properties' values, which may be secret. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + ", instance " + instance + ", properties " + properties.keySet()
                + ']';
    }
}
