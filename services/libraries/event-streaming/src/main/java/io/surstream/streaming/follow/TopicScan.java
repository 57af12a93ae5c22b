package io.surstream.streaming.follow;

import com.google.protobuf.Message;
import io.surstream.streaming.client.PartitionReader;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.codec.IncomingReader;
import io.surstream.streaming.codec.MalformedEventException;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.tracing.TraceContext;
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
    private final PartitionReader reader;
    private final List<TopicPartition> partitions;

    public TopicScan(String topic, EventCodec<T> codec, PartitionReader reader) {
        this.codec = codec;
        this.reader = reader;
        try {
            this.partitions = reader.partitionsOf(topic);
            reader.consumer().assign(partitions);
            reader.consumer().seekToBeginning(partitions);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /**
     * Hands over every event from the last call's end, or the topic's start, up to the end that the topic has now.
     *
     * @param listener called on this thread; after an exception of its own the scan is of no further use
     */
    public void toEnd(Consumer<Incoming<T>> listener) {
        Map<TopicPartition, Long> ends = reader.consumer().endOffsets(partitions);
        while (!reached(ends)) {
            reader.poll(POLL).forEach(origin -> hear(origin, listener));
        }
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> reader.consumer().position(end.getKey()) >= end.getValue());
    }

    private void hear(ConsumerRecord<byte[], byte[]> origin, Consumer<Incoming<T>> listener) {
        Incoming<T> incoming;
        try {
            incoming = IncomingReader.read(
                    codec, origin, TraceContext.in(origin.headers()).orElseGet(TraceContext::create));
        } catch (MalformedEventException e) {
            LOG.warn("{}-{}@{} is skipped: {}", origin.topic(), origin.partition(), origin.offset(), e.reason());
            return;
        }
        listener.accept(incoming);
    }

    @Override
    public void close() {
        reader.close();
    }
}
