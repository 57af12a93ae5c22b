package io.surstream.streaming.batch;

import io.surstream.streaming.client.ClientMeters;
import io.surstream.streaming.client.SafePoll;
import io.surstream.streaming.client.UnreadableRecordsException;
import io.surstream.streaming.tracing.EventTracer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One connection of a batch worker: a consumer, a transactional producer and the records between them. Used by one thread.
 * After any Kafka error the session is thrown away; a new one starts at the committed offsets, so nothing is lost or doubled.
 */
public final class BatchSession implements AutoCloseable {

    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final MicroBatch waiting;
    private final boolean careful;
    private final EventTracer tracer;
    private final ClientMeters meters;

    /** @param careful whether unreadable records are skipped; the consumer then hands out one a poll */
    public BatchSession(
            Consumer<byte[], byte[]> consumer,
            Producer<byte[], byte[]> producer,
            MicroBatch waiting,
            boolean careful,
            EventTracer tracer,
            ClientMeters meters) {
        this.consumer = consumer;
        this.producer = producer;
        this.waiting = waiting;
        this.careful = careful;
        this.tracer = tracer;
        this.meters = meters;
    }

    /** Fences an older session of the same worker and ends its open transaction, then joins the group. */
    void open(String topic) {
        producer.initTransactions();
        consumer.subscribe(Set.of(topic), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                // Called between two batches only: nothing of these partitions is half done.
                waiting.drop(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
        });
    }

    /**
     * One poll; a batch when one is due, else empty.
     *
     * @throws UnreadableRecordsException when a record cannot be read; a careful session gets past it
     */
    List<ConsumerRecord<byte[], byte[]>> poll() {
        Duration wait = waiting.isEmpty() ? IDLE_POLL : waiting.timeToDue(System.nanoTime());
        for (ConsumerRecord<byte[], byte[]> received : receive(wait)) {
            waiting.add(received, System.nanoTime());
        }
        return waiting.isDue(System.nanoTime()) ? waiting.take() : List.of();
    }

    private Iterable<ConsumerRecord<byte[], byte[]>> receive(Duration wait) {
        return careful ? new SafePoll(consumer).poll(wait) : SafePoll.once(consumer, wait);
    }

    /** Publishes the results and commits the batch, both or neither. */
    void commit(List<ConsumerRecord<byte[], byte[]>> batch, List<ProducerRecord<byte[], byte[]>> results) {
        producer.beginTransaction();
        try {
            // A send that fails makes the commit fail.
            results.forEach(result -> tracer.send(producer, result, (metadata, error) -> {}));
            producer.sendOffsetsToTransaction(offsetsAfter(batch), consumer.groupMetadata());
            producer.commitTransaction();
        } catch (RuntimeException e) {
            abortQuietly(e);
            throw e;
        }
    }

    /** Discards the current batch and returns to the committed position, which may be handled again. */
    void rewind() {
        waiting.clear();
        Set<TopicPartition> assigned = consumer.assignment();
        consumer.committed(assigned).forEach((partition, committed) -> {
            if (committed == null) {
                consumer.seekToBeginning(Set.of(partition));
            } else {
                consumer.seek(partition, committed.offset());
            }
        });
    }

    /** May be called from another thread. */
    void wakeup() {
        consumer.wakeup();
    }

    private void abortQuietly(RuntimeException cause) {
        try {
            producer.abortTransaction();
        } catch (RuntimeException e) {
            // Fenced or fatal: the next session's initTransactions ends the transaction.
            cause.addSuppressed(e);
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsetsAfter(List<ConsumerRecord<byte[], byte[]>> batch) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> each : batch) {
            offsets.merge(
                    new TopicPartition(each.topic(), each.partition()),
                    new OffsetAndMetadata(each.offset() + 1, each.leaderEpoch(), ""),
                    (a, b) -> a.offset() > b.offset() ? a : b);
        }
        return offsets;
    }

    @Override
    public void close() {
        meters.close();
        try {
            producer.close(CLOSE_TIMEOUT);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
    }
}
