package io.surstream.it.processes;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything on one topic from its beginning, as any app could read it. One thread. */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final String topic;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();

    /** Of a cluster where nobody signs in. */
    public TopicReader(String bootstrapServers, String topic) {
        this(Map.of("bootstrap.servers", bootstrapServers), topic);
    }

    /** @param client where the cluster is, and how one signs in there */
    public TopicReader(Map<String, Object> client, String topic) {
        this.topic = topic;
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", "read_committed");
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The event in a record. */
    public static <T> T event(Parser<T> parser, ConsumerRecord<String, byte[]> record) {
        try {
            return parser.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("no event at " + record, e);
        }
    }

    /** The first record that fits, waiting for it. */
    public ConsumerRecord<String, byte[]> await(Predicate<ConsumerRecord<String, byte[]>> fits, Duration limit) {
        return await(1, fits, limit).get(0);
    }

    /** The records that fit, waiting until there are so many. */
    public List<ConsumerRecord<String, byte[]>> await(
            int count, Predicate<ConsumerRecord<String, byte[]>> fits, Duration limit) {
        long giveUp = System.nanoTime() + limit.toNanos();
        while (true) {
            List<ConsumerRecord<String, byte[]>> found =
                    read.stream().filter(fits).toList();
            if (found.size() >= count) {
                return found;
            }
            if (System.nanoTime() > giveUp) {
                throw new AssertionError(found.size() + " of " + count + " records that fit came on " + topic
                        + " within " + limit + "; it has " + read.size() + " records");
            }
            consumer.poll(POLL).forEach(read::add);
        }
    }

    /** All records there are now that fit. */
    public List<ConsumerRecord<String, byte[]>> all(Predicate<ConsumerRecord<String, byte[]>> fits) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(read::add);
        }
        return read.stream().filter(fits).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
