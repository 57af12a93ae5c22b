package io.surstream.gateway.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.gateway.events.TopicFacts;
import io.surstream.gateway.events.TracedRecords;
import io.surstream.streaming.EventCodec;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaSettings;
import io.surstream.streaming.Topic;
import io.surstream.streaming.TopicSettings;
import io.surstream.streaming.Topics;
import io.surstream.v1.Job;
import io.surstream.v1.Job.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobTopologyTest {

    private static final Instant START = Instant.ofEpochMilli(50);
    private static final Duration RETENTION = Duration.ofHours(1);

    private final Topics topics = new Topics(TopicSettings.defaults());
    private final EventStreaming streaming = new EventStreaming(
            new KafkaSettings("localhost:9092", "test", Map.of()), topics, "gateway", new SimpleMeterRegistry());
    private final JobsInFlight inFlight = new JobsInFlight(Duration.ofMinutes(30));
    private final List<Job> updates = new ArrayList<>();
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        TopicFacts facts = new TopicFacts(topics);
        Properties properties = new Properties();
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(
                new JobTopology(facts.topicNames(), topics.name(Topic.JOBS))
                        .build(
                                facts,
                                updates::add,
                                inFlight,
                                new TracedRecords(streaming, "view"),
                                new JobMeters(new SimpleMeterRegistry()),
                                RETENTION),
                properties,
                START);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void aJobIsFollowedFromItsSubmissionToItsPictures() {
        // when
        pipe(Topic.PROMPTS_SUBMITTED, ((JobEvent.Submitted) JobFacts.submitted()).event());
        pipe(Topic.PROMPTS_ENCODED, ((JobEvent.Encoded) JobFacts.encoded()).event());
        pipe(Topic.IMAGES_PROGRESSED, ((JobEvent.Progressed) JobFacts.progressed(5)).event());
        pipe(Topic.IMAGES_SAMPLED, ((JobEvent.Sampled) JobFacts.sampled()).event());
        // then
        assertEquals(
                List.of(State.SUBMITTED, State.ENCODED, State.SAMPLING, State.SUCCEEDED),
                jobs().readValuesToList().stream()
                        .map(JobTopologyTest::job)
                        .map(Job::getState)
                        .toList());
        assertEquals(State.SUCCEEDED, own().get(JobFacts.ID).getState());
        assertEquals(own().get(JobFacts.ID), everyJob().get(JobFacts.ID));
    }

    @Test
    void listenersHearOfEveryChangeAndNothingElse() {
        pipe(Topic.PROMPTS_SUBMITTED, ((JobEvent.Submitted) JobFacts.submitted()).event());
        pipe(Topic.PROMPTS_SUBMITTED, ((JobEvent.Submitted) JobFacts.submitted()).event());
        // once by this instance's partitions, once by the topic of all jobs
        assertEquals(2, updates.size());
        assertEquals(1, jobs().readValuesToList().size());
    }

    @Test
    void jobsInFlightAreCountedUntilTheyEnd() {
        pipe(Topic.PROMPTS_SUBMITTED, ((JobEvent.Submitted) JobFacts.submitted()).event());
        assertEquals(1, inFlight.count());
        assertEquals(100, inFlight.oldestSubmission().orElseThrow());
        pipe(Topic.IMAGES_SAMPLED, ((JobEvent.Sampled) JobFacts.samplingFailed()).event());
        assertEquals(0, inFlight.count());
        assertTrue(inFlight.oldestSubmission().isEmpty());
    }

    @Test
    void aPromptPublishedAsJsonWithoutHeadersIsSeen() {
        byte[] json = "{\"jobId\": \"from-a-script\", \"prompt\": \"a red heart\"}".getBytes(StandardCharsets.UTF_8);
        pipe(Topic.PROMPTS_SUBMITTED, null, json, new RecordHeaders());
        assertEquals("a red heart", own().get("from-a-script").getPrompt());
    }

    @Test
    void recordsThatAreNoEventsAreLeftOutAndTheNextIsServed() {
        // when
        Headers headers = headers(JobFacts.submission("x"));
        pipe(Topic.PROMPTS_SUBMITTED, "bad", new byte[] {1, 2, 3}, headers);
        pipe(Topic.PROMPTS_SUBMITTED, "bad", "{not json".getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        pipe(Topic.PROMPTS_SUBMITTED, "bad", null, headers);
        pipe(Topic.PROMPTS_ENCODED, "bad", new byte[0], headers);
        pipe(
                Topic.PROMPTS_SUBMITTED,
                JobFacts.submission("x").toBuilder().setJobId("no good").build());
        pipe(Topic.PROMPTS_SUBMITTED, JobFacts.submission("a red heart"));
        // then
        assertEquals(1, jobs().readValuesToList().size());
        assertEquals("a red heart", own().get(JobFacts.ID).getPrompt());
    }

    @Test
    void theTopicJobsCarriesCloudEventsHeadersAndTheTraceOfItsCause() {
        // given
        String trace = "0af7651916cd43dd8448eb211c80319c";
        Headers headers = headers(JobFacts.submission("a red heart"));
        headers.remove("traceparent");
        headers.add("traceparent", ("00-" + trace + "-b7ad6b7169203331-01").getBytes(StandardCharsets.UTF_8));
        // when
        pipe(
                Topic.PROMPTS_SUBMITTED,
                JobFacts.ID,
                JobFacts.submission("a red heart").toByteArray(),
                headers);
        // then
        TestRecord<String, byte[]> record = jobs().readRecord();
        assertEquals(JobFacts.ID, record.key());
        Job job = EventCodec.of(Topic.JOBS, Job.getDefaultInstance()).decode(record.value(), record.headers());
        assertEquals("a red heart", job.getPrompt());
        assertTrue(text(record.headers(), "traceparent").startsWith("00-" + trace + "-"));
        assertEquals("/surstream/gateway", text(record.headers(), "ce_source"));
    }

    @Test
    void aJobOlderThanTheRetentionIsRemovedEverywhere() {
        // given
        pipe(Topic.PROMPTS_SUBMITTED, JobFacts.submission("a red heart"));
        jobs().readValuesToList();
        // when
        driver.advanceWallClockTime(RETENTION.minusMinutes(1));
        assertTrue(jobs().isEmpty());
        driver.advanceWallClockTime(Duration.ofMinutes(3));
        // then
        assertEquals(JobFacts.ID, jobs().readKeyValue().key);
        assertNull(own().get(JobFacts.ID));
        assertNull(everyJob().get(JobFacts.ID));
        assertEquals(0, inFlight.count());
    }

    @Test
    void aJobWithoutNewsHoldsNoPlaceForEver() {
        pipe(Topic.PROMPTS_SUBMITTED, JobFacts.submission("a red heart"));
        driver.advanceWallClockTime(Duration.ofMinutes(31));
        assertEquals(0, inFlight.count());
        assertEquals(State.SUBMITTED, own().get(JobFacts.ID).getState());
    }

    private KeyValueStore<String, Job> own() {
        return driver.getKeyValueStore(JobTopology.STORE);
    }

    private KeyValueStore<String, Job> everyJob() {
        return driver.getKeyValueStore(JobTopology.GLOBAL_STORE);
    }

    private TestOutputTopic<String, byte[]> jobs() {
        return driver.createOutputTopic(topics.name(Topic.JOBS), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private void pipe(Topic topic, Message event) {
        pipe(topic, JobFacts.ID, event.toByteArray(), headers(event));
    }

    private void pipe(Topic topic, String key, byte[] value, Headers headers) {
        driver.createInputTopic(topics.name(topic), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, START));
    }

    private Headers headers(Message event) {
        return streaming.headers(event, new RecordHeaders());
    }

    private static Job job(byte[] value) {
        return new JobSerde().deserializer().deserialize("jobs", value);
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
