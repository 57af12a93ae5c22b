package io.surstream.streaming.share;

import io.surstream.streaming.client.UnreadableRecordsException;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a thread to its share group, holding at most one record. Used by one thread. A share consumer hands
 * out nothing new while a record is being renewed, which is why each thread has its own consumer.
 */
public final class ShareSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShareSession.class);

    /**
     * Short: a record that a transaction commits while a share consumer polls is handed out by the next poll only. With polls of
     * 500 ms such records were 500 ms late, whatever the fetch settings.
     */
    private static final Duration IDLE_POLL = Duration.ofMillis(20);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOCK_UNLESS_KNOWN = Duration.ofSeconds(15);

    private final ShareConsumer<byte[], byte[]> consumer;
    private ConsumerRecord<byte[], byte[]> held;

    public ShareSession(ShareConsumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        consumer.subscribe(Set.of(topic));
    }

    /**
     * The next record, or null when none came.
     *
     * @throws UnreadableRecordsException when it does not fit into memory; the brokers hand it out again, up to their limit of deliveries
     */
    ConsumerRecord<byte[], byte[]> next() {
        for (ConsumerRecord<byte[], byte[]> received : poll()) {
            if (held == null) {
                held = received;
            } else {
                consumer.acknowledge(received, AcknowledgeType.RELEASE);
            }
        }
        return held;
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(IDLE_POLL);
        } catch (OutOfMemoryError e) {
            throw UnreadableRecordsException.of(e);
        }
    }

    /** How often to renew: three times within the lock's life. */
    Duration renewalInterval() {
        return consumer.acquisitionLockTimeoutMs()
                .map(Duration::ofMillis)
                .orElse(LOCK_UNLESS_KNOWN)
                .dividedBy(3);
    }

    /**
     * Restarts the lock's duration.
     *
     * @return false when the record is no longer ours; the session is then of no further use
     */
    boolean renew() {
        consumer.acknowledge(held, AcknowledgeType.RENEW);
        if (!committed()) {
            return false;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            // Only the renewed record can come back: nothing new is fetched until it is settled.
            ConsumerRecords<byte[], byte[]> back = consumer.poll(Duration.ofMillis(100));
            if (!back.isEmpty()) {
                held = back.iterator().next();
                return true;
            }
        }
        return false;
    }

    /** Settles the current record; false when the cluster did not take the acknowledgement. */
    boolean settle(AcknowledgeType type) {
        consumer.acknowledge(held, type);
        held = null;
        return committed();
    }

    private boolean committed() {
        for (var result : consumer.commitSync(PATIENCE).entrySet()) {
            if (result.getValue().isPresent()) {
                KafkaException error = result.getValue().get();
                LOG.warn(
                        "acknowledgement on {} was refused: {}", result.getKey().topicPartition(), error.toString());
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        consumer.close(PATIENCE);
    }
}
