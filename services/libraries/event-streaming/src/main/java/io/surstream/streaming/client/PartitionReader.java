package io.surstream.streaming.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer that is assigned by hand, and changed for one of a record a poll when a record cannot be read. Used by one
 * thread, but for {@link #wakeup}.
 */
public final class PartitionReader implements AutoCloseable {

    /** Bounds what large records take together. */
    private static final int AT_ONCE = 32;

    private final IntFunction<Consumer<byte[], byte[]>> consumers;
    private volatile Consumer<byte[], byte[]> consumer;
    private SafePoll carefully;

    /** @param consumers makes one of so many records a poll */
    public PartitionReader(IntFunction<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
        this.consumer = consumers.apply(AT_ONCE);
    }

    /** Queried each time: it is another one after a record that could not be read. */
    public Consumer<byte[], byte[]> consumer() {
        return consumer;
    }

    /** All partitions of a topic. */
    public List<TopicPartition> partitionsOf(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** As {@link SafePoll#poll}. */
    public List<ConsumerRecord<byte[], byte[]>> poll(Duration wait) {
        if (carefully == null) {
            try {
                return SafePoll.once(consumer, wait);
            } catch (UnreadableRecordsException e) {
                change();
            }
        }
        return carefully.poll(wait);
    }

    private void change() {
        Set<TopicPartition> assigned = consumer.assignment();
        Map<TopicPartition, Long> positions = new HashMap<>();
        assigned.forEach(partition -> positions.put(partition, consumer.position(partition)));
        consumer.close();
        consumer = consumers.apply(1);
        consumer.assign(assigned);
        positions.forEach(consumer::seek);
        carefully = new SafePoll(consumer);
    }

    /** May be called from another thread. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
