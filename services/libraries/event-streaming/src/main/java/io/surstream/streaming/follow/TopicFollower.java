package io.surstream.streaming.follow;

import com.google.protobuf.Message;
import io.surstream.retry.Backoff;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.PartitionReader;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.codec.IncomingReader;
import io.surstream.streaming.codec.MalformedEventException;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.RecordTime;
import io.surstream.streaming.loop.LoopWorker;
import io.surstream.streaming.tracing.EventTracer;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.streaming.tracing.RecordSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives every event of a topic, starting some time ago, in every process: no group, no commits. For events that all
 * instances must know, as cancellations; after a lost connection some are received again. Malformed records are left to
 * the log: one worker dead-letters them for all (see {@link EventStreaming#deadLetterWorker}).
 *
 * @param <T> the event
 */
public final class TopicFollower<T extends Message> extends LoopWorker {

    /** A look back to the first record. */
    public static final Duration EVER = Duration.ofDays(365_000);

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final String topic;
    private final Instant startedAt = Instant.now();
    private final EventCodec<T> codec;
    private final EventTracer tracer;
    private final Duration lookBack;
    private final Consumer<Incoming<T>> listener;
    private final Supplier<PartitionReader> readers;
    private final AtomicReference<PartitionReader> current = new AtomicReference<>();

    public TopicFollower(
            String name,
            String topic,
            EventCodec<T> codec,
            EventTracer tracer,
            Duration lookBack,
            Consumer<Incoming<T>> listener,
            Supplier<PartitionReader> readers) {
        super(name, SILENCE, BACKOFF, DRAIN, () -> {});
        this.topic = topic;
        this.codec = codec;
        this.tracer = tracer;
        this.lookBack = lookBack;
        this.listener = listener;
        this.readers = readers;
    }

    public TopicFollower<T> start() {
        startLoop();
        return this;
    }

    @Override
    protected void connect() {
        try (PartitionReader reader = readers.get()) {
            current.set(reader);
            follow(reader);
        }
    }

    private void follow(PartitionReader reader) {
        List<TopicPartition> partitions = reader.partitionsOf(topic);
        reader.consumer().assign(partitions);
        seek(reader.consumer(), partitions);
        while (!state.isClosing()) {
            state.beat();
            state.ready(true);
            reader.poll(POLL).forEach(this::hear);
            partitions = withNew(reader, partitions);
        }
    }

    /** A topic may get more partitions at any time; what is in them is new. */
    private List<TopicPartition> withNew(PartitionReader reader, List<TopicPartition> partitions) {
        List<TopicPartition> all = reader.partitionsOf(topic);
        if (all.size() <= partitions.size()) {
            return partitions;
        }
        reader.consumer().assign(all);
        reader.consumer()
                .seekToBeginning(
                        all.stream().filter(one -> !partitions.contains(one)).toList());
        return all;
    }

    /** To the first record that is young enough, or else to the end; from here on nothing is missed. */
    private void seek(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        if (lookBack.equals(EVER)) {
            // Not by time: a client may have written a time before 1970.
            consumer.seekToBeginning(partitions);
            return;
        }
        long since = Math.max(0, System.currentTimeMillis() - lookBack.toMillis());
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> since)));
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = found.get(partition);
            if (first != null) {
                consumer.seek(partition, first.offset());
            } else {
                consumer.seekToEnd(List.of(partition));
                // Makes the client find the end now and not at the next poll.
                consumer.position(partition);
            }
        }
    }

    private void hear(ConsumerRecord<byte[], byte[]> origin) {
        RecordSpan recordSpan = RecordTime.of(origin.timestamp(), Instant.now()).isBefore(startedAt)
                ? tracer.again(origin)
                : tracer.recordSpan(origin, Optional.empty());
        try (recordSpan) {
            Incoming<T> incoming = IncomingReader.read(codec, origin, recordSpan);
            LogContext scope = recordSpan.scope();
            try (scope) {
                listener.accept(incoming);
            }
        } catch (MalformedEventException e) {
            skip(origin, e.reason().name());
        } catch (RuntimeException e) {
            skip(origin, e.toString());
        }
    }

    private void skip(ConsumerRecord<byte[], byte[]> origin, String why) {
        LOG.warn("{}: {}-{}@{} is skipped: {}", name(), origin.topic(), origin.partition(), origin.offset(), why);
    }

    @Override
    protected void wakeup() {
        PartitionReader reader = current.get();
        if (reader != null) {
            reader.wakeup();
        }
    }
}
