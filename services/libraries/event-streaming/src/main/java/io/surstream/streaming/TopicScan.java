package io.surstream.streaming;

import com.google.protobuf.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic from its first record to its present end, and on from there when asked again: for a compacted topic, that is
 * everything that is known now. No group, no commits. Malformed records are left to the log. Used by one thread.
 *
 * @param <T> the event
 */
public final class TopicScan<T extends Message> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicScan.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final EventCodec<T> codec;
    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    TopicScan(String topic, EventCodec<T> codec, org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
        this.codec = codec;
        this.consumer = consumer;
        try {
            this.partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * Hands over every event from the last call's end, or the topic's start, up to the end that the topic has now.
     *
     * @param listener called on this thread; after an exception of its own the scan is of no further use
     */
    public void toEnd(Consumer<Incoming<T>> listener) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!reached(ends)) {
            consumer.poll(POLL).forEach(origin -> hear(origin, listener));
        }
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void hear(ConsumerRecord<byte[], byte[]> origin, Consumer<Incoming<T>> listener) {
        Incoming<T> incoming;
        try {
            incoming = IncomingReader.read(
                    codec, origin, EventHeaders.trace(origin.headers()).orElseGet(TraceContext::create));
        } catch (MalformedEventException e) {
            LOG.warn("{}-{}@{} is skipped: {}", origin.topic(), origin.partition(), origin.offset(), e.reason());
            return;
        }
        listener.accept(incoming);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
