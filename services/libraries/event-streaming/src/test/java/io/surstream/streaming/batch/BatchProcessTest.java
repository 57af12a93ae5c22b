package io.surstream.streaming.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.surstream.contract.failure.FailureType;
import io.surstream.retry.Backoff;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.client.RecordWriter;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.event.PermanentEventException;
import io.surstream.streaming.loop.DrainedException;
import io.surstream.streaming.loop.Sleeper;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.loop.WorkerMetrics;
import io.surstream.streaming.topic.EventHeaders;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.streaming.tracing.EventTracer;
import io.surstream.v1.EncodedPrompt;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import io.surstream.v1.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchProcessTest {

    private static final Topics TOPICS = new Topics(TopicSettings.defaults());
    private static final BatchSettings SETTINGS = BatchSettings.of("encoders")
            .withAttempts(3, new Backoff(Duration.ofMillis(10), Duration.ofMillis(15), () -> 0.5));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<List<String>> calls = new ArrayList<>();

    private DeadLetterListener listener = letter -> List.of(
            letter.reply(Topic.PROMPTS_ENCODED, letter.jobId().orElse("?"), PromptEncoded.getDefaultInstance()));

    private List<String> process(BatchHandler<PromptSubmitted> handler, String... jobIds) {
        return process(handler, pauses::add, jobIds);
    }

    private List<String> process(BatchHandler<PromptSubmitted> handler, Sleeper pause, String... jobIds) {
        BatchProcess<PromptSubmitted> process = process(handler, pause);
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (String jobId : jobIds) {
            batch.add(record(jobId, batch.size()));
        }
        return results(process, batch);
    }

    private BatchProcess<PromptSubmitted> process(BatchHandler<PromptSubmitted> handler, Sleeper pause) {
        return new BatchProcess<>(
                WorkerDefinition.of("encoder", Topic.PROMPTS_SUBMITTED, PromptSubmitted.getDefaultInstance(), listener),
                batch -> {
                    calls.add(batch.stream().map(Incoming::key).toList());
                    return handler.handle(batch);
                },
                SETTINGS,
                new RecordWriter(TOPICS, "/test"),
                new EventTracer(OpenTelemetry.noop(), TOPICS),
                new WorkerMetrics(meters, "encoder"),
                pause);
    }

    private static List<String> results(
            BatchProcess<PromptSubmitted> process, List<ConsumerRecord<byte[], byte[]>> batch) {
        return process.process(batch).stream()
                .map(result -> result.topic().substring("surstream.".length()) + ' ' + new String(result.key()))
                .toList();
    }

    /** Torn ones name their job all the same. */
    private static ConsumerRecord<byte[], byte[]> record(String jobId, int offset) {
        byte[] whole = TestCluster.prompt(jobId).toByteArray();
        byte[] value = jobId.startsWith("torn") ? Arrays.copyOf(whole, whole.length - 1) : whole;
        return record(jobId, offset, 1_000L, value);
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, int offset, long timestamp, byte[] value) {
        var found = new ConsumerRecord<>(
                "surstream.prompts.submitted",
                0,
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                value.length,
                key.getBytes(),
                value,
                new org.apache.kafka.common.header.internals.RecordHeaders(),
                java.util.Optional.empty());
        EventHeaders.set(found.headers(), EventHeaders.TYPE, "surstream.v1.PromptSubmitted");
        return found;
    }

    private static List<Outgoing> encode(List<Incoming<PromptSubmitted>> batch) {
        return batch.stream()
                .map(each -> each.reply(Topic.PROMPTS_ENCODED, each.key(), TestCluster.encoded(each.key())))
                .toList();
    }

    @Test
    void good_events_go_through_in_one_call() {
        assertEquals(List.of("prompts.encoded a", "prompts.encoded b"), process(BatchProcessTest::encode, "a", "b"));
        assertEquals(List.of(List.of("a", "b")), calls);
        assertEquals(
                2,
                meters.counter("surstream.events.handled", "worker", "encoder").count());
    }

    @Test
    void poison_is_set_aside_and_the_others_are_handled() {
        assertEquals(
                List.of("dead-letters torn", "prompts.encoded torn", "prompts.encoded a"),
                process(BatchProcessTest::encode, "torn", "a"));
        assertEquals(List.of(List.of("a")), calls);
    }

    @Test
    void the_value_of_poison_names_the_job_that_fails_and_its_key_no_job() {
        byte[] stray = "{\"jobId\":\"stray-1\",\"promt\":1}".getBytes();
        byte[] nameless = "{\"promt\":1}".getBytes();

        assertEquals(
                List.of("dead-letters user-42", "prompts.encoded stray-1"),
                results(process(BatchProcessTest::encode, pauses::add), List.of(record("user-42", 0, 1_000L, stray))));
        listener = letter -> letter.jobId().stream()
                .map(id -> letter.reply(Topic.PROMPTS_ENCODED, id, TestCluster.encoded(id)))
                .toList();
        assertEquals(
                List.of("dead-letters another-job"),
                results(
                        process(BatchProcessTest::encode, pauses::add),
                        List.of(record("another-job", 0, 1_000L, nameless))));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -62135596800000L, 1_764_525_600L, 95617584000000L, Long.MIN_VALUE, Long.MAX_VALUE})
    void a_record_of_any_time_is_served(long timestamp) {
        var found = record("a", 0, timestamp, TestCluster.prompt("a").toByteArray());

        assertEquals(
                List.of("prompts.encoded a"), results(process(BatchProcessTest::encode, pauses::add), List.of(found)));
    }

    @Test
    void events_that_the_handler_rejects_are_set_aside_and_nothing_is_handled_twice() {
        BatchHandler<PromptSubmitted> picky = batch -> {
            throw new RejectedEventsException(
                    encode(batch.subList(1, 2)),
                    Map.of(batch.get(0), new PermanentEventException(FailureType.INVALID_ARGUMENT, "no")));
        };

        assertEquals(List.of("prompts.encoded b", "dead-letters a", "prompts.encoded a"), process(picky, "a", "b"));
        assertEquals(List.of(List.of("a", "b")), calls);
    }

    @Test
    void a_batch_of_nothing_but_poison_never_reaches_the_handler() {
        process(BatchProcessTest::encode, "torn");
        assertEquals(List.of(), calls);
    }

    @Test
    void a_listener_that_fails_or_says_too_much_does_not_stop_its_letter() {
        listener = letter -> {
            throw new IllegalStateException("a listener's own fault");
        };
        assertEquals(List.of("dead-letters torn"), process(BatchProcessTest::encode, "torn"));
        listener = letter -> List.of(letter.reply(Topic.PROMPTS_ENCODED, "torn", oversized()));
        assertEquals(List.of("dead-letters torn"), process(BatchProcessTest::encode, "torn"));
    }

    @Test
    void a_passing_failure_is_tried_again_after_a_wait() {
        var results = process(
                batch -> {
                    if (calls.size() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                    return encode(batch);
                },
                "a");
        assertEquals(List.of("prompts.encoded a"), results);
        assertEquals(List.of(Duration.ofMillis(5), Duration.ofNanos(7_500_000)), pauses);
    }

    @Test
    void a_culprit_is_found_by_trying_each_event_alone() {
        var results = process(
                batch -> {
                    if (batch.stream().anyMatch(each -> each.key().equals("bad"))) {
                        throw new StackOverflowError();
                    }
                    return encode(batch);
                },
                "a",
                "bad",
                "b");
        assertEquals(
                List.of("prompts.encoded a", "dead-letters bad", "prompts.encoded bad", "prompts.encoded b"), results);
        assertEquals(3 + 1 + 3 + 1, calls.size());
    }

    @Test
    void a_permanent_failure_is_not_tried_again() {
        var results = process(
                batch -> {
                    throw new PermanentEventException(FailureType.PROMPT_TOO_LONG, "too long");
                },
                "a");
        assertEquals(List.of("dead-letters a", "prompts.encoded a"), results);
        assertEquals(1, calls.size());
        assertEquals(
                1,
                meters.counter(
                                "surstream.dead.letters",
                                "worker",
                                "encoder",
                                "topic",
                                "surstream.prompts.submitted",
                                "reason",
                                "PROMPT_TOO_LONG")
                        .count());
    }

    @Test
    void rejected_events_of_a_batch_are_dead_lettered_and_nothing_is_handled_twice() {
        var results = process(
                batch -> {
                    Map<Incoming<?>, PermanentEventException> rejected =
                            Map.of(batch.get(1), new PermanentEventException(FailureType.PROMPT_TOO_LONG, "too long"));
                    throw new RejectedEventsException(encode(batch.subList(0, 1)), rejected);
                },
                "a",
                "b");
        assertEquals(List.of("prompts.encoded a", "dead-letters b", "prompts.encoded b"), results);
        assertEquals(1, calls.size());
    }

    @Test
    void a_result_larger_than_its_topic_takes_is_a_dead_letter() {
        var results = process(batch -> List.of(batch.get(0).reply(Topic.PROMPTS_ENCODED, "a", oversized())), "a");
        assertEquals(List.of("dead-letters a", "prompts.encoded a"), results);
        assertEquals(
                1,
                meters.counter(
                                "surstream.dead.letters",
                                "worker",
                                "encoder",
                                "topic",
                                "surstream.prompts.submitted",
                                "reason",
                                "EVENT_TOO_LARGE")
                        .count());
    }

    private static PromptEncoded oversized() {
        return PromptEncoded.newBuilder()
                .setEncoded(EncodedPrompt.newBuilder()
                        .setPromptEmbeds(Tensor.newBuilder().setData(ByteString.copyFrom(new byte[1 << 20]))))
                .build();
    }

    @Test
    void closing_ends_the_attempts_and_leaves_the_batch() {
        assertThrows(
                DrainedException.class,
                () -> process(
                        batch -> {
                            throw new IllegalStateException("down");
                        },
                        time -> {
                            throw new DrainedException("encoder");
                        },
                        "a"));
        assertThrows(
                DrainedException.class,
                () -> process(
                        batch -> {
                            throw new InterruptedException();
                        },
                        "a"));
    }
}
