package io.surstream.streaming.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Records waiting to become a batch: due when full, or when the first one has waited long enough. Not thread-safe. */
public final class MicroBatch {

    private record Waiting(ConsumerRecord<byte[], byte[]> record, long sinceNanos) {}

    private final int maxSize;
    private final long lingerNanos;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    public MicroBatch(int maxSize, Duration linger) {
        this.maxSize = maxSize;
        this.lingerNanos = linger.toNanos();
    }

    public void add(ConsumerRecord<byte[], byte[]> record, long nowNanos) {
        waiting.add(new Waiting(record, nowNanos));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Zero when due; meaningless when empty. */
    Duration timeToDue(long nowNanos) {
        if (waiting.size() >= maxSize) {
            return Duration.ZERO;
        }
        long left = lingerNanos - (nowNanos - waiting.getFirst().sinceNanos());
        return Duration.ofNanos(Math.max(0, left));
    }

    boolean isDue(long nowNanos) {
        return !isEmpty() && timeToDue(nowNanos).isZero();
    }

    /** The oldest records, at most a full batch. */
    List<ConsumerRecord<byte[], byte[]>> take() {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>(Math.min(maxSize, waiting.size()));
        while (batch.size() < maxSize && !waiting.isEmpty()) {
            batch.add(waiting.removeFirst().record());
        }
        return batch;
    }

    void clear() {
        waiting.clear();
    }

    /** Forgets records of partitions that now belong to another worker. */
    void drop(Collection<TopicPartition> partitions) {
        waiting.removeIf(entry -> partitions.contains(
                new TopicPartition(entry.record().topic(), entry.record().partition())));
    }
}
