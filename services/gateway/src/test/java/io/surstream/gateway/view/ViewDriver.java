package io.surstream.gateway.view;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.gateway.events.TopicEventDecoder;
import io.surstream.gateway.events.TracedEvents;
import io.surstream.gateway.jobs.JobMeters;
import io.surstream.gateway.jobs.JobsInFlight;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.Job;
import io.surstream.v1.JobEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** Both steps of the view without a broker: what the router writes is handed to the fold at once. */
final class ViewDriver implements AutoCloseable {

    static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    static final Duration RETENTION = Duration.ofHours(1);

    final Topics topics = new Topics(TopicSettings.defaults());
    final EventStreaming streaming;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final JobsInFlight inFlight = new JobsInFlight(Duration.ofMinutes(30));
    final List<Job> updates = new ArrayList<>();
    private final TopologyTestDriver router;
    private final TopologyTestDriver fold;

    ViewDriver(Path folder) {
        streaming =
                new EventStreaming(new KafkaSettings("localhost:9092", "test", Map.of()), topics, "gateway", meters);
        SkippedRecords skipped = new SkippedRecords(meters);
        TopicEventDecoder jobEvents = new TopicEventDecoder(topics, skipped);
        TracedEvents traces = new TracedEvents(streaming, "view");
        ViewSettings settings = new ViewSettings("view", Duration.ofMillis(50), 1, Optional.of(folder));
        Map<String, Object> kafka = Map.of("bootstrap.servers", "localhost:9092");
        String own = topics.name(Topic.JOB_EVENTS);
        router = new TopologyTestDriver(
                new RouterTopology(jobEvents.topicNames(), own).build(jobEvents, traces),
                settings.router(kafka, skipped, folder.resolve("router")),
                START);
        JobTopology.Parts parts =
                new JobTopology.Parts(jobEvents, updates::add, inFlight, traces, new JobMeters(meters), RETENTION);
        fold = new TopologyTestDriver(
                new JobTopology(own, topics.name(Topic.JOBS)).build(parts, 1),
                settings.fold(kafka, skipped, folder.resolve("fold"), 1),
                START);
    }

    /** An event as the house's services write it. */
    void pipe(Topic topic, Message event) {
        pipe(topic, "any key", event.toByteArray(), headers(event));
    }

    void pipe(Topic topic, String key, byte[] value, Headers headers) {
        pipe(topic, new TestRecord<>(key == null ? null : key.getBytes(), value, headers, START));
    }

    void pipe(Topic topic, TestRecord<byte[], byte[]> record) {
        TestOutputTopic<byte[], byte[]> routed = output(router, Topic.JOB_EVENTS);
        router.createInputTopic(topics.name(topic), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(record);
        routed.readRecordsToList().forEach(this::fold);
    }

    void fold(TestRecord<byte[], byte[]> jobEvent) {
        fold.createInputTopic(topics.name(Topic.JOB_EVENTS), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(jobEvent);
    }

    /** Only the first step. */
    List<JobEvent> route(Topic topic, TestRecord<byte[], byte[]> record) {
        TestOutputTopic<byte[], byte[]> routed = output(router, Topic.JOB_EVENTS);
        router.createInputTopic(topics.name(topic), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(record);
        return routed.readValuesToList().stream().map(ViewDriver::jobEvent).toList();
    }

    private static JobEvent jobEvent(byte[] value) {
        try {
            return JobEvent.parseFrom(value);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private TestOutputTopic<byte[], byte[]> output(TopologyTestDriver driver, Topic topic) {
        return driver.createOutputTopic(topics.name(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Headers headers(Message event) {
        return streaming.headers(event, new RecordHeaders());
    }

    void pass(Duration time) {
        fold.advanceWallClockTime(time);
    }

    Optional<Job> own(String id) {
        return Optional.ofNullable(ownStore().get(id));
    }

    KeyValueStore<String, Job> ownStore() {
        return fold.getKeyValueStore(JobTopology.STORE);
    }

    JobCopies everyJob() {
        return new JobCopies(fold.<String, byte[]>getKeyValueStore(JobTopology.GLOBAL_STORE));
    }

    /** A record of the topic jobs as any client may write it. */
    void pipeJobs(byte[] key, byte[] value) {
        fold.createInputTopic(topics.name(Topic.JOBS), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, new RecordHeaders(), START));
    }

    TestOutputTopic<String, byte[]> jobs() {
        return fold.createOutputTopic(topics.name(Topic.JOBS), new StringDeserializer(), new ByteArrayDeserializer());
    }

    double skipped(String reason) {
        return meters.find("surstream.job.view.skipped.records").tag("reason", reason).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Override
    public void close() {
        router.close();
        fold.close();
    }
}
