package io.surstream.streaming;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.retry.Backoff;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.EventHeaders;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One test's own topics on a shared embedded broker, with a plain producer and reader beside the code under test. */
public final class TestCluster implements AutoCloseable {

    public static final Backoff SHORT = new Backoff(Duration.ofMillis(10), Duration.ofMillis(200));

    public final Topics topics;
    public final KafkaSettings settings;
    public final EventStreaming streaming;
    public final EventPublisher publisher;
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final KafkaProducer<byte[], byte[]> producer;

    public TestCluster(EmbeddedKafka broker) {
        this(broker, 2);
    }

    public TestCluster(EmbeddedKafka broker, int partitions) {
        topics = new Topics(TopicSettings.defaults()
                .withPrefix("test-" + UUID.randomUUID() + '.')
                .withPartitions(partitions));
        settings = new KafkaSettings(broker.bootstrapServers(), "test", Map.of());
        streaming = new EventStreaming(settings, topics, "tests", meters);
        streaming.ensureTopics();
        publisher = streaming.publisher();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public static PromptSubmitted prompt(String jobId) {
        return PromptSubmitted.newBuilder()
                .setJobId(jobId)
                .setPrompt("a red heart")
                .build();
    }

    public static PromptEncoded encoded(String jobId) {
        return PromptEncoded.newBuilder().setJobId(jobId).build();
    }

    public static ImageSampled sampled(String jobId) {
        return ImageSampled.newBuilder().setJobId(jobId).build();
    }

    public void submit(String... jobIds) throws Exception {
        for (String jobId : jobIds) {
            publish(Outgoing.of(Topic.PROMPTS_SUBMITTED, jobId, prompt(jobId)));
        }
    }

    public void publish(Outgoing event) throws Exception {
        publisher.publish(event).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** A record as a stranger would write it; headers as name, value, name, value, … */
    public void write(Topic topic, String key, byte[] value, String... headers) throws Exception {
        write(topic, null, key, value, headers);
    }

    /** The same with a time; -1 is what the client would refuse. */
    public void write(Topic topic, Long timestamp, String key, byte[] value, String... headers) throws Exception {
        ProducerRecord<byte[], byte[]> written =
                new ProducerRecord<>(topics.name(topic), key == null ? null : key.getBytes(), value) {
                    @Override
                    public Long timestamp() {
                        return timestamp;
                    }
                };
        for (int i = 0; i < headers.length; i += 2) {
            written.headers().add(new RecordHeader(headers[i], headers[i + 1].getBytes()));
        }
        producer.send(written).get(30, TimeUnit.SECONDS);
    }

    /** Records in one compressed batch, which counts by its compressed size. */
    public void writeCompressed(Topic topic, byte[]... values) throws Exception {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                settings.bootstrapServers(),
                "compression.type",
                "gzip",
                "linger.ms",
                "60000",
                "batch.size",
                String.valueOf(400 << 20),
                "buffer.memory",
                String.valueOf(450L << 20),
                "max.request.size",
                String.valueOf(400 << 20));
        try (var large = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (byte[] value : values) {
                sent.add(large.send(new ProducerRecord<>(topics.name(topic), 0, null, value)));
            }
            large.flush();
            for (Future<?> each : sent) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
    }

    /** Committed records of a topic from its start, until there are as many as expected and no more come. */
    public List<ConsumerRecord<byte[], byte[]>> read(Topic topic, int expected) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", settings.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topics.name(topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (System.nanoTime() < deadline) {
                var more = consumer.poll(Duration.ofMillis(300));
                more.forEach(found::add);
                if (more.isEmpty() && found.size() >= expected) {
                    break;
                }
            }
            return found;
        }
    }

    public static String header(ConsumerRecord<byte[], byte[]> found, String name) {
        return EventHeaders.text(found.headers(), name).orElse(null);
    }

    public static List<String> keys(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(each -> new String(each.key())).sorted().toList();
    }

    @Override
    public void close() {
        producer.close();
        publisher.close();
    }
}
