package io.surstream.streaming.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.surstream.contract.failure.FailureType;
import io.surstream.retry.Backoff;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.event.PermanentEventException;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.loop.WorkerMetrics;
import io.surstream.streaming.topic.EventHeaders;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.streaming.tracing.EventTracer;
import io.surstream.v1.PromptEncoded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ShareProcessTest {

    private static final ShareSettings SETTINGS =
            ShareSettings.of("samplers").withAttempts(2, new Backoff(Duration.ofMillis(10), Duration.ofMillis(10)), 3);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Duration> pauses = new ArrayList<>();
    private final AcquisitionLock lock = new AcquisitionLock();
    private int calls;

    private Acknowledgement work(int delivery, byte[] value, ShareHandler<PromptEncoded> handler) {
        ShareProcess<PromptEncoded> process = new ShareProcess<>(
                WorkerDefinition.of(
                        "sampler",
                        Topic.PROMPTS_ENCODED,
                        PromptEncoded.getDefaultInstance(),
                        DeadLetterListener.silent()),
                (incoming, held) -> {
                    calls++;
                    handler.handle(incoming, held);
                },
                SETTINGS,
                new EventTracer(OpenTelemetry.noop(), new Topics(TopicSettings.defaults())),
                new WorkerMetrics(meters, "sampler"),
                pauses::add);
        var found = new ConsumerRecord<>(
                "surstream.prompts.encoded",
                0,
                5,
                1_000L,
                TimestampType.CREATE_TIME,
                3,
                value.length,
                "job".getBytes(),
                value,
                new RecordHeaders(),
                Optional.empty(),
                Optional.of((short) delivery));
        EventHeaders.set(found.headers(), EventHeaders.TYPE, "surstream.v1.PromptEncoded");
        return process.work(found, lock);
    }

    private Acknowledgement work(int delivery, ShareHandler<PromptEncoded> handler) {
        return work(delivery, TestCluster.encoded("job").toByteArray(), handler);
    }

    private static DeadLetter letter(Acknowledgement verdict) {
        return assertInstanceOf(Acknowledgement.Reject.class, verdict).letter();
    }

    @Test
    void a_handled_event_is_accepted() {
        assertInstanceOf(Acknowledgement.Accept.class, work(1, (incoming, held) -> {}));
        assertEquals(
                0,
                meters.counter("surstream.events.redelivered", "worker", "sampler")
                        .count());
    }

    @Test
    void a_second_delivery_is_counted_and_handled() {
        assertInstanceOf(
                Acknowledgement.Accept.class, work(2, (incoming, held) -> assertEquals(2, incoming.delivery())));
        assertEquals(
                1,
                meters.counter("surstream.events.redelivered", "worker", "sampler")
                        .count());
    }

    @Test
    void poison_is_rejected_without_the_handler() {
        DeadLetter letter = letter(work(1, new byte[] {10, 3, 'v', 'a', 'l', 1}, (incoming, held) -> {}));
        assertEquals("NOT_PROTOBUF", letter.errorType());
        assertEquals(Optional.of("val"), letter.jobId());
        assertEquals(0, calls);
    }

    @Test
    void a_failing_event_is_released_until_the_delivery_limit_and_then_rejected() {
        ShareHandler<PromptEncoded> failing = (incoming, held) -> {
            throw new IllegalStateException("the store is down");
        };
        assertInstanceOf(Acknowledgement.Release.class, work(1, failing));
        assertInstanceOf(Acknowledgement.Release.class, work(2, failing));
        DeadLetter letter = letter(work(3, failing));
        assertEquals("INTERNAL", letter.errorType());
        assertEquals("the store is down", letter.reason());
        assertEquals(6, letter.attempts());
        assertEquals(6, calls);
        assertEquals(3, pauses.size());
    }

    @Test
    void an_event_whose_workers_died_is_rejected_beyond_the_limit_without_another_try() {
        DeadLetter letter = letter(work(4, (incoming, held) -> {}));
        assertEquals("DELIVERY_LIMIT_REACHED", letter.errorType());
        assertTrue(letter.reason().contains("delivered 3 times"), letter.reason());
        assertEquals(0, calls);
    }

    @Test
    void a_permanent_failure_is_rejected_at_once() {
        DeadLetter letter = letter(work(1, (incoming, held) -> {
            throw new PermanentEventException(FailureType.MODEL_MISMATCH, "encoded for another model");
        }));
        assertEquals("MODEL_MISMATCH", letter.errorType());
        assertEquals(1, letter.attempts());
    }

    @Test
    void a_lost_lease_releases_whatever_the_handler_throws() {
        assertInstanceOf(Acknowledgement.Release.class, work(3, (incoming, held) -> {
            lock.lose();
            throw new IllegalStateException("cut short");
        }));
        assertInstanceOf(Acknowledgement.Release.class, work(3, (incoming, held) -> {}));
        assertEquals(1, calls);
    }

    @Test
    void an_interrupted_handler_releases() {
        assertInstanceOf(Acknowledgement.Release.class, work(3, (incoming, held) -> {
            throw new InterruptedException();
        }));
    }
}
