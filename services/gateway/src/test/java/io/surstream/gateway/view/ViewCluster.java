package io.surstream.gateway.view;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.gateway.jobs.JobChange;
import io.surstream.gateway.jobs.JobChanges;
import io.surstream.gateway.jobs.JobUpdates;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.Job;
import io.surstream.v1.Job.State;
import io.surstream.v1.JobEvent;
import io.surstream.v1.JobPurged;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Topics with a prefix of their own on a broker, and the views that read them. */
final class ViewCluster implements AutoCloseable {

    final EventStreaming streaming;
    private final EmbeddedKafka kafka;
    private final String prefix;
    private final Path stores;
    private final EventPublisher publisher;

    ViewCluster(EmbeddedKafka kafka, String prefix, Path stores) {
        this.kafka = kafka;
        this.prefix = prefix;
        this.stores = stores;
        streaming = new EventStreaming(
                new KafkaSettings(kafka.bootstrapServers(), "test", Map.of()),
                new Topics(TopicSettings.defaults().withPrefix(prefix)),
                "gateway",
                new SimpleMeterRegistry());
        streaming.ensureTopics();
        publisher = streaming.publisher();
    }

    String name(Topic topic) {
        return streaming.topics().name(topic);
    }

    /** @param clientProperties beside the bootstrap servers */
    StreamsJobView view(JobUpdates updates, Map<String, Object> clientProperties) {
        Map<String, Object> all = new java.util.HashMap<>(clientProperties);
        all.put("bootstrap.servers", kafka.bootstrapServers());
        return TestViews.of(streaming, all, prefix + "view", stores, updates);
    }

    static PromptSubmitted submission(String id) {
        return JobChanges.submission("a red heart").toBuilder()
                .setJobId(id)
                .setSubmittedAtMs(System.currentTimeMillis())
                .build();
    }

    static ImageSampled success(String id) {
        return ((JobChange.Sampled) JobChanges.sampled())
                .event().toBuilder().setJobId(id).build();
    }

    void submit(String id) {
        publish(Outgoing.of(Topic.PROMPTS_SUBMITTED, id, submission(id)));
    }

    void succeed(String id) {
        publish(Outgoing.of(Topic.IMAGES_SAMPLED, id, success(id)));
    }

    void purge(String id) {
        JobEvent jobEvent = JobEvent.newBuilder()
                .setJobId(id)
                .setAtMs(System.currentTimeMillis())
                .setPurged(JobPurged.getDefaultInstance())
                .build();
        publish(Outgoing.of(Topic.JOB_EVENTS, id, jobEvent));
    }

    private void publish(Outgoing event) {
        publisher.publish(event).toCompletableFuture().join();
    }

    static Optional<State> state(StreamsJobView view, String id) {
        return view.find(id).map(Job::getState);
    }

    /** Every record that the topic holds now. */
    List<ConsumerRecord<String, byte[]>> read(Topic topic, String isolationLevel) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", isolationLevel);
        try (Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name(topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
            return found;
        }
    }

    @Override
    public void close() {
        publisher.close();
    }
}
