package io.surstream.streaming.client;

import io.surstream.streaming.codec.BoundedBytes;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Real clients with our defaults under the user's properties. */
public final class KafkaClients implements Clients {

    private static final String LARGEST_REQUEST = String.valueOf((1 << 21) + (1 << 16));

    private final KafkaSettings settings;

    public KafkaClients(KafkaSettings settings) {
        this.settings = settings;
    }

    @Override
    public Producer<byte[], byte[]> idempotentProducer(String clientId) {
        return producer(clientId, Map.of());
    }

    @Override
    public Producer<byte[], byte[]> transactionalProducer(String transactionalId) {
        // Work is done before the transaction begins, so a transaction is short; a dead worker's must not block for
        // long.
        return producer(
                transactionalId, Map.of("transactional.id", transactionalId, "transaction.timeout.ms", "10000"));
    }

    /** Compresses, and takes whatever a consumer of ours hands out. */
    public Producer<byte[], byte[]> restoringProducer(String clientId) {
        // A record that came compressed may be larger than its topic takes uncompressed.
        return producer(
                clientId,
                Map.of("compression.type", "gzip", "max.request.size", String.valueOf(2 * BoundedBytes.VALUE)));
    }

    private Producer<byte[], byte[]> producer(String clientId, Map<String, String> more) {
        Map<String, String> defaults = new HashMap<>();
        defaults.put("client.id", clientId);
        defaults.put("acks", "all");
        defaults.put("enable.idempotence", "true");
        defaults.put("linger.ms", "0");
        // A tensor of a whole prompt fits one batch: fewer requests, lower latency.
        defaults.put("batch.size", String.valueOf(256 * 1024));
        defaults.put("max.request.size", LARGEST_REQUEST);
        // Shorter than a worker's silence: one that waits for its cluster is not dead.
        defaults.put("max.block.ms", "20000");
        defaults.putAll(more);
        return new KafkaProducer<>(
                settings.clientProperties(defaults), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> groupConsumer(String clientId, String group, int maxRecords) {
        Map<String, String> defaults = Map.of(
                "client.id", clientId,
                "group.id", group,
                "group.protocol", "consumer",
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed",
                "max.poll.records", String.valueOf(maxRecords));
        return new KafkaConsumer<>(settings.clientProperties(defaults), BoundedBytes.ofKeys(), BoundedBytes.ofValues());
    }

    @Override
    public Consumer<byte[], byte[]> freeConsumer(String clientId, int maxRecords) {
        Map<String, String> defaults = Map.of(
                // How soon a follower knows that its topic has got more partitions.
                "metadata.max.age.ms", "15000",
                "client.id", clientId,
                "max.poll.records", String.valueOf(maxRecords),
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed");
        return new KafkaConsumer<>(settings.clientProperties(defaults), BoundedBytes.ofKeys(), BoundedBytes.ofValues());
    }

    @Override
    public ShareConsumer<byte[], byte[]> shareConsumer(String clientId, String group) {
        // Exactly one record a poll: a record that waits in the client's buffer would lose its lock there.
        Map<String, String> defaults = Map.of(
                "client.id", clientId,
                "group.id", group,
                "share.acknowledgement.mode", "explicit",
                "share.acquire.mode", "record_limit",
                "max.poll.records", "1");
        return new KafkaShareConsumer<>(
                settings.clientProperties(defaults), BoundedBytes.ofKeys(), BoundedBytes.ofValues());
    }
}
