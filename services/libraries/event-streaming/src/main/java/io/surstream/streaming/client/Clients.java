package io.surstream.streaming.client;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes Kafka clients; the seam where tests put mocks. The caller owns what it gets. */
public interface Clients {

    Producer<byte[], byte[]> idempotentProducer(String clientId);

    Producer<byte[], byte[]> transactionalProducer(String transactionalId);

    Consumer<byte[], byte[]> groupConsumer(String clientId, String group, int maxRecords);

    /** Assigned by hand, commits nothing. */
    Consumer<byte[], byte[]> freeConsumer(String clientId, int maxRecords);

    /** Explicit acknowledgement, one record a poll. */
    ShareConsumer<byte[], byte[]> shareConsumer(String clientId, String group);
}
