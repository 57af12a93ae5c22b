package io.surstream.streaming.client;

import io.surstream.streaming.topic.DeadLetterHeaders;
import io.surstream.streaming.topic.EventHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a consumer that hands out one record a poll, and gets past a record that is corrupt or does not fit into
 * memory. The Kafka client makes room for a whole record before anybody can look at it, and it makes room again for
 * each record that it skips, so what follows such a record in the same compressed batch cannot be read either. Used by
 * one thread.
 */
public final class SafePoll {

    private static final Logger LOG = LoggerFactory.getLogger(SafePoll.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;

    /** @param consumer of one record a poll: only so no record is lost before one that does not fit */
    public SafePoll(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** The next record, or one without a value that stands for all records up to its place that cannot be read, or none. */
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration wait) {
        try {
            return once(consumer, wait);
        } catch (UnreadableRecordsException e) {
            return passOver().map(List::of).orElse(List.of());
        }
    }

    /** @throws UnreadableRecordsException when a record cannot be read; the consumer is still where it was */
    public static List<ConsumerRecord<byte[], byte[]>> once(Consumer<byte[], byte[]> consumer, Duration wait) {
        try {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.poll(wait).forEach(records::add);
            return records;
        } catch (OutOfMemoryError e) {
            throw UnreadableRecordsException.of(e);
        } catch (KafkaException e) {
            throw UnreadableRecordsException.of(e);
        }
    }

    private Optional<ConsumerRecord<byte[], byte[]>> passOver() {
        Set<TopicPartition> assigned = new HashSet<>(consumer.assignment());
        Set<TopicPartition> paused = new HashSet<>(consumer.paused());
        Map<TopicPartition, Long> positions = new HashMap<>();
        assigned.forEach(partition -> positions.put(partition, consumer.position(partition)));
        Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
        // What the client has half read is thrown away.
        positions.forEach(consumer::seek);
        try {
            for (TopicPartition partition : assigned) {
                long from = positions.get(partition);
                if (!isReadable(partition, from, ends.get(partition))) {
                    long next = firstReadable(partition, from, ends.get(partition));
                    positions.put(partition, next);
                    LOG.error(
                            "{}: the records {} to {} are corrupt or do not fit into this process's memory, and are skipped",
                            partition,
                            from,
                            next - 1);
                    return Optional.of(standIn(partition, from, next - 1));
                }
            }
            return Optional.empty();
        } finally {
            consumer.resume(assigned);
            consumer.pause(paused);
            positions.forEach(consumer::seek);
        }
    }

    private static ConsumerRecord<byte[], byte[]> standIn(TopicPartition partition, long first, long last) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(partition.topic(), partition.partition(), last, null, null);
        EventHeaders.set(record.headers(), DeadLetterHeaders.TRUNCATED_FROM, DeadLetterHeaders.UNKNOWN_SIZE);
        EventHeaders.set(record.headers(), DeadLetterHeaders.FIRST_OFFSET, String.valueOf(first));
        return record;
    }

    /** Doubles the steps until something can be read, then halves them: a batch may have many records. */
    private long firstReadable(TopicPartition partition, long unreadable, long end) {
        long low = unreadable;
        long high = Math.min(low + 1, end);
        for (long step = 2; high < end && !isReadable(partition, high, end); step *= 2) {
            low = high;
            high = Math.min(high + step, end);
        }
        while (high - low > 1) {
            long middle = (low + high) / 2;
            if (isReadable(partition, middle, end)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private boolean isReadable(TopicPartition partition, long offset, long end) {
        consumer.pause(consumer.assignment());
        consumer.resume(Set.of(partition));
        consumer.seek(partition, offset);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (consumer.position(partition) == offset && offset < end && System.nanoTime() < deadline) {
                once(consumer, LOOK);
            }
            return true;
        } catch (UnreadableRecordsException e) {
            return false;
        }
    }
}
