package io.surstream.it.processes;

import com.google.protobuf.Message;
import io.surstream.v1.ImageProgressed;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptSubmitted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The house as an app sees it on Kafka: plain clients, none of our own code but the events. One thread. */
public final class KafkaEdge implements AutoCloseable {
    private static final String PREFIX = "surstream.";
    private static final Duration JOB_LIMIT = Duration.ofMinutes(3);

    private final KafkaProducer<String, byte[]> producer;
    private final TopicReader sampled;
    private final TopicReader progressed;
    private final TopicReader deadLetters;

    public KafkaEdge(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
        sampled = new TopicReader(bootstrapServers, PREFIX + "images.sampled");
        progressed = new TopicReader(bootstrapServers, PREFIX + "images.progressed");
        deadLetters = new TopicReader(bootstrapServers, PREFIX + "dead-letters");
    }

    public void submit(PromptSubmitted event) {
        publish("prompts.submitted", event.getJobId(), event.toByteArray(), cloudEvent(event));
    }

    /** Any bytes under any headers, as a broken client might send them. */
    public void publish(String topic, String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(PREFIX + topic, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** CloudEvents headers in binary mode. */
    public static Map<String, String> cloudEvent(Message event) {
        return Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                UUID.randomUUID().toString(),
                "ce_type",
                event.getDescriptorForType().getFullName(),
                "ce_source",
                "/integration-tests",
                "ce_time",
                Instant.now().toString(),
                "content-type",
                "application/protobuf");
    }

    public ImageSampled awaitEnd(String jobId) {
        return end(sampled.await(record -> jobId.equals(record.key()), JOB_LIMIT));
    }

    /** Every end that was announced for the job. */
    public List<ImageSampled> ends(String jobId) {
        return sampled.all(record -> jobId.equals(record.key())).stream()
                .map(KafkaEdge::end)
                .toList();
    }

    /** Waits until a sampler has taken steps on the job. */
    public void awaitStep(String jobId, int atLeast) {
        progressed.await(
                record -> jobId.equals(record.key()) && progress(record).getStepsDone() >= atLeast, JOB_LIMIT);
    }

    /** Headers of the dead letter whose value is this. */
    public Map<String, String> awaitDeadLetter(byte[] value) {
        var letter = deadLetters.await(record -> java.util.Arrays.equals(record.value(), value), JOB_LIMIT);
        Map<String, String> headers = new java.util.TreeMap<>();
        letter.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    /** How many dead letters there are now. */
    public int deadLetters() {
        return deadLetters.all(record -> true).size();
    }

    private static ImageSampled end(ConsumerRecord<String, byte[]> record) {
        return TopicReader.event(ImageSampled.parser(), record);
    }

    private static ImageProgressed progress(ConsumerRecord<String, byte[]> record) {
        return TopicReader.event(ImageProgressed.parser(), record);
    }

    @Override
    public void close() {
        producer.close();
        sampled.close();
        progressed.close();
        deadLetters.close();
    }
}
