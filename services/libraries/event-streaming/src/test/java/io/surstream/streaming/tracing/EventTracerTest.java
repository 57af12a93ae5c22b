package io.surstream.streaming.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.surstream.contract.failure.FailureType;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.event.PermanentEventException;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.loop.WorkerMetrics;
import io.surstream.streaming.share.AcquisitionLock;
import io.surstream.streaming.share.ShareProcess;
import io.surstream.streaming.share.ShareSettings;
import io.surstream.streaming.topic.EventHeaders;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.ImageProgressed;
import io.surstream.v1.PromptEncoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Spans and log context of records, from publishing over handling to what follows. */
class EventTracerTest extends RecordedTraces {

    @Test
    void publishing_handling_and_what_follows_are_one_trace_each_the_parent_of_the_next() {
        EventTracer tracer = new EventTracer(telemetry, TOPICS);
        var record = sent(tracer, Outgoing.of(Topic.PROMPTS_SUBMITTED, "job-1", PROMPT));

        var results = batch(
                tracer,
                batch -> List.of(batch.get(0).reply(Topic.PROMPTS_ENCODED, "job-1", TestCluster.encoded("job-1"))),
                List.of(record));
        tracer.send(cluster, results.get(0), (metadata, error) -> {});

        SpanData published = span("surstream.prompts.submitted publish");
        SpanData handled = span("surstream.prompts.submitted process");
        SpanData answered = span("surstream.prompts.encoded publish");
        assertFalse(published.getParentSpanContext().isValid());
        assertEquals(published.getSpanId(), handled.getParentSpanId());
        assertEquals(handled.getSpanId(), answered.getParentSpanId());
        assertEquals(published.getTraceId(), answered.getTraceId());
        assertEquals(SpanKind.PRODUCER, published.getKind());
        assertEquals(SpanKind.CONSUMER, handled.getKind());
        assertTrue(answered.getSpanContext().isSampled());
        assertEquals(
                Optional.of("00-" + answered.getTraceId() + '-' + answered.getSpanId() + '-' + flags(answered)),
                EventHeaders.text(results.get(0).headers(), "traceparent"));
    }

    @Test
    void spans_are_described_by_the_conventions_and_name_the_job() {
        EventTracer tracer = new EventTracer(telemetry, TOPICS);
        batch(tracer, batch -> List.of(), List.of(sent(tracer, Outgoing.of(Topic.PROMPTS_SUBMITTED, "job-1", PROMPT))));

        SpanData handled = span("surstream.prompts.submitted process");
        Map<String, Object> expected = Map.of(
                "messaging.system", "kafka",
                "messaging.destination.name", "surstream.prompts.submitted",
                "messaging.destination.partition.id", "2",
                "messaging.kafka.offset", 40L,
                "messaging.operation.name", "process",
                "messaging.operation.type", "process",
                "messaging.consumer.group.name", "encoders",
                "messaging.kafka.message.key", "job-1",
                "surstream.job.id", "job-1");
        expected.forEach((name, value) -> assertEquals(value, attribute(handled, name), name));
        assertEquals("send", attribute(span("surstream.prompts.submitted publish"), "messaging.operation.type"));
    }

    @Test
    void each_job_of_a_batch_has_a_span_under_its_own_parent() {
        EventTracer tracer = new EventTracer(telemetry, TOPICS);
        var first = sent(tracer, Outgoing.of(Topic.PROMPTS_SUBMITTED, "job-1", PROMPT));
        var second = sent(
                tracer,
                Outgoing.of(
                        Topic.PROMPTS_SUBMITTED,
                        "job-2",
                        PROMPT.toBuilder().setJobId("job-2").build()));

        batch(tracer, batch -> List.of(), List.of(first, second));

        List<SpanData> published = named("surstream.prompts.submitted publish");
        List<SpanData> handled = named("surstream.prompts.submitted process");
        assertEquals(2, handled.size());
        for (int i = 0; i < 2; i++) {
            assertEquals(published.get(i).getSpanId(), handled.get(i).getParentSpanId());
        }
    }

    @Test
    void a_dead_letter_is_a_failed_span_of_the_same_trace_without_any_text_of_the_event() {
        EventTracer tracer = new EventTracer(telemetry, TOPICS);
        var record = sent(tracer, Outgoing.of(Topic.PROMPTS_SUBMITTED, "job-1", PROMPT));

        var results = batch(
                tracer,
                batch -> {
                    throw new PermanentEventException(FailureType.INVALID_ARGUMENT, "cannot use " + SECRET);
                },
                List.of(record));
        tracer.send(cluster, results.get(0), (metadata, error) -> {});

        SpanData handled = span("surstream.prompts.submitted process");
        assertEquals(StatusCode.ERROR, handled.getStatus().getStatusCode());
        assertEquals("INVALID_ARGUMENT", attribute(handled, "error.type"));
        assertEquals(handled.getSpanId(), span("surstream.dead-letters publish").getParentSpanId());
        assertFalse(spans.getFinishedSpanItems().toString().contains(SECRET));
    }

    @Test
    void an_event_that_the_cluster_does_not_take_is_a_failed_span() {
        EventTracer tracer = new EventTracer(telemetry, TOPICS);
        var unsure = new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());

        tracer.send(
                unsure, writer.event(Outgoing.of(Topic.PROMPTS_SUBMITTED, "job-1", PROMPT)), (metadata, error) -> {});
        unsure.errorNext(new TimeoutException("no answer"));

        assertEquals("TimeoutException", attribute(span("surstream.prompts.submitted publish"), "error.type"));
    }

    @Test
    void progress_has_no_span_of_its_own_and_stays_in_the_trace() {
        EventTracer tracer = new EventTracer(telemetry, TOPICS);
        TraceContext job = TraceContext.create();

        var record = sent(
                tracer,
                new Outgoing(
                        Topic.IMAGES_PROGRESSED,
                        "job-1",
                        ImageProgressed.newBuilder().setJobId("job-1").build(),
                        job));

        assertEquals(List.of(), spans.getFinishedSpanItems());
        assertEquals(Optional.of(job), TraceContext.in(record.headers()));
    }

    @Test
    void without_an_sdk_records_still_carry_one_trace() {
        EventTracer tracer = new EventTracer(OpenTelemetry.noop(), TOPICS);
        var record = sent(tracer, Outgoing.of(Topic.PROMPTS_SUBMITTED, "job-1", PROMPT));

        var results = batch(
                tracer,
                batch -> List.of(batch.get(0).reply(Topic.PROMPTS_ENCODED, "job-1", TestCluster.encoded("job-1"))),
                List.of(record));

        assertTrue(TraceContext.in(record.headers()).isPresent());
        assertEquals(
                TraceContext.in(record.headers()),
                TraceContext.in(results.get(0).headers()));
    }

    @Test
    void without_an_sdk_no_measurement_of_a_handler_can_name_its_trace_as_sampled() {
        EventTracer tracer = new EventTracer(OpenTelemetry.noop(), TOPICS);
        List<SpanContext> seen = new ArrayList<>();

        var record = sent(tracer, Outgoing.of(Topic.PROMPTS_SUBMITTED, "job-1", PROMPT));
        batch(
                tracer,
                batch -> {
                    seen.add(Span.current().getSpanContext());
                    return List.of();
                },
                List.of(record));

        TraceContext published = TraceContext.in(record.headers()).orElseThrow();
        assertEquals(published.traceId(), seen.get(0).getTraceId());
        assertFalse(seen.get(0).isSampled());
        assertEquals("01", published.flags());
    }

    @Test
    void a_handler_logs_under_its_job_and_the_thread_is_clean_afterwards() {
        EventTracer tracer = new EventTracer(telemetry, TOPICS);
        List<String> seen = new ArrayList<>();
        MDC.put("own", "kept");

        batch(
                tracer,
                batch -> {
                    seen.add(MDC.get("jobId"));
                    seen.add(TraceContext.current().orElseThrow().traceId());
                    return List.of();
                },
                List.of(sent(tracer, Outgoing.of(Topic.PROMPTS_SUBMITTED, "job-1", PROMPT))));

        assertEquals(
                List.of("job-1", span("surstream.prompts.submitted process").getTraceId()), seen);
        assertNull(MDC.get("jobId"));
        assertEquals("kept", MDC.get("own"));
        assertEquals(Optional.empty(), TraceContext.current());
        MDC.clear();
    }

    @Test
    void a_handler_that_throws_leaves_a_clean_thread() {
        EventTracer tracer = new EventTracer(telemetry, TOPICS);

        batch(
                tracer,
                batch -> {
                    throw new PermanentEventException(FailureType.INVALID_ARGUMENT, "no");
                },
                List.of(sent(tracer, Outgoing.of(Topic.PROMPTS_SUBMITTED, "job-1", PROMPT))));

        assertNull(MDC.get("jobId"));
        assertEquals(Optional.empty(), TraceContext.current());
    }

    @Test
    void what_is_no_id_by_its_form_is_named_nowhere() {
        EventTracer tracer = new EventTracer(telemetry, TOPICS);
        var event = PROMPT.toBuilder().setJobId("a " + SECRET).build();

        batch(
                tracer,
                batch -> List.of(),
                List.of(sent(tracer, Outgoing.of(Topic.PROMPTS_SUBMITTED, "a " + SECRET, event))));

        assertNull(attribute(span("surstream.prompts.submitted process"), "surstream.job.id"));
        assertFalse(spans.getFinishedSpanItems().toString().contains(SECRET));
    }

    @Test
    void the_value_names_the_job_and_not_the_key() {
        EventTracer tracer = new EventTracer(telemetry, TOPICS);
        List<String> seen = new ArrayList<>();

        batch(
                tracer,
                batch -> {
                    seen.add(MDC.get("jobId"));
                    return List.of();
                },
                List.of(sent(tracer, Outgoing.of(Topic.PROMPTS_SUBMITTED, "user-42", PROMPT))));

        assertEquals("job-1", attribute(span("surstream.prompts.submitted process"), "surstream.job.id"));
        assertEquals(List.of("job-1"), seen);
    }

    @Test
    void a_shared_record_is_handled_in_its_span_and_scope() {
        EventTracer tracer = new EventTracer(telemetry, TOPICS);
        var record = sent(tracer, Outgoing.of(Topic.PROMPTS_ENCODED, "job-1", TestCluster.encoded("job-1")));
        List<String> seen = new ArrayList<>();

        new ShareProcess<>(
                        WorkerDefinition.of(
                                "sampler",
                                Topic.PROMPTS_ENCODED,
                                PromptEncoded.getDefaultInstance(),
                                DeadLetterListener.silent()),
                        (incoming, lock) -> seen.add(MDC.get("jobId")
                                + ' '
                                + TraceContext.current().orElseThrow().spanId()),
                        ShareSettings.of("samplers"),
                        tracer,
                        new WorkerMetrics(new SimpleMeterRegistry(), "sampler"),
                        pause -> {})
                .work(record, new AcquisitionLock());

        SpanData handled = span("surstream.prompts.encoded process");
        assertEquals(List.of("job-1 " + handled.getSpanId()), seen);
        assertEquals(span("surstream.prompts.encoded publish").getSpanId(), handled.getParentSpanId());
        assertEquals("samplers", handled.getAttributes().get(AttributeKey.stringKey("messaging.consumer.group.name")));
    }

    /** 01 is sampled; newer SDKs add 02, a trace id that is random throughout. */
    private static String flags(SpanData span) {
        return span.getSpanContext().getTraceFlags().asHex();
    }
}
