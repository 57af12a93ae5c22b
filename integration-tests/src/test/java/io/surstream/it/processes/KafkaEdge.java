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
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The house as an app sees it on Kafka: plain clients, none of our own code but the events. Where users sign in it is {@code prompt-app},
 * and {@code operator} who looks at dead letters. One thread.
 */
public final class KafkaEdge implements AutoCloseable {
    private static final String PREFIX = "surstream.";
    private static final Duration JOB_LIMIT = Duration.ofMinutes(3);

    private final TopicWriter writer;
    private final TopicReader sampled;
    private final TopicReader progressed;
    private final TopicReader deadLetters;

    public KafkaEdge(String bootstrapServers) {
        this(KafkaLogin.open(bootstrapServers));
    }

    public KafkaEdge(KafkaLogin login) {
        Map<String, Object> app = login.as("prompt-app");
        writer = new TopicWriter(app);
        sampled = new TopicReader(app, PREFIX + "images.sampled");
        progressed = new TopicReader(app, PREFIX + "images.progressed");
        deadLetters = new TopicReader(login.as("operator"), PREFIX + "dead-letters");
    }

    public void submit(PromptSubmitted event) {
        publish("prompts.submitted", event.getJobId(), event.toByteArray(), cloudEvent(event));
    }

    /** Any bytes under any headers, as a broken client might send them. */
    public void publish(String topic, String key, byte[] value, Map<String, String> headers) {
        writer.write(PREFIX + topic, key, value, headers);
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
        writer.close();
        sampled.close();
        progressed.close();
        deadLetters.close();
    }
}
