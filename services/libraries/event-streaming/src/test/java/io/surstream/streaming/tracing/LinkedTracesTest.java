package io.surstream.streaming.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.codec.IncomingReader;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.ExampleCurated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What comes of many is a trace of its own, linked with theirs. */
class LinkedTracesTest extends RecordedTraces {

    @Test
    void a_batch_of_several_is_a_trace_of_its_own_linked_with_those_of_its_jobs_both_ways() {
        EventTracer tracer = new EventTracer(telemetry, TOPICS);
        List<String> seen = new ArrayList<>();
        var first = sent(tracer, Outgoing.of(Topic.PROMPTS_SUBMITTED, "job-1", PROMPT));
        var second = sent(
                tracer,
                Outgoing.of(
                        Topic.PROMPTS_SUBMITTED,
                        "job-2",
                        PROMPT.toBuilder().setJobId("job-2").build()));

        batch(
                tracer,
                batch -> {
                    seen.add(Span.current().getSpanContext().getSpanId());
                    return List.of();
                },
                List.of(first, second));

        SpanData together = span("surstream.prompts.submitted process together");
        List<SpanData> handled = named("surstream.prompts.submitted process");
        assertEquals(List.of(together.getSpanId()), seen);
        assertFalse(together.getParentSpanContext().isValid());
        assertEquals(2L, attribute(together, "messaging.batch.message_count"));
        assertEquals(
                handled.stream().map(SpanData::getSpanId).toList(),
                together.getLinks().stream()
                        .map(link -> link.getSpanContext().getSpanId())
                        .toList());
        handled.forEach(one -> assertEquals(
                together.getSpanId(), one.getLinks().get(0).getSpanContext().getSpanId()));
    }

    @Test
    void an_example_begins_a_trace_that_links_to_its_import_and_a_run_links_to_the_example() {
        EventTracer tracer = new EventTracer(telemetry, TOPICS);
        ExampleCurated example =
                ExampleCurated.newBuilder().setDataset("scenes").build();
        TraceContext imported = TraceContext.create();

        var record = sent(tracer, new Outgoing(Topic.EXAMPLES_CURATED, "scenes/1", example, imported));
        LogContext run = tracer.work("training run", Map.of("runId", "run-1"), Optional.of(imported));
        try (run) {
            IncomingReader.read(
                            EventCodec.of(Topic.EXAMPLES_CURATED, example),
                            record,
                            TraceContext.in(record.headers()).orElseThrow())
                    .link();
            assertEquals("run-1", MDC.get("runId"));
        }

        SpanData published = span("surstream.examples.curated publish");
        SpanData trained = span("training run");
        assertFalse(published.getParentSpanContext().isValid());
        assertEquals(
                imported.spanId(), published.getLinks().get(0).getSpanContext().getSpanId());
        assertEquals(imported.spanId(), trained.getParentSpanId());
        assertEquals(
                published.getSpanId(),
                trained.getLinks().get(0).getSpanContext().getSpanId());
        assertNull(MDC.get("runId"));
    }

    @Test
    void long_work_has_a_span_of_its_own_below_the_call_that_asked_for_it_also_when_that_is_over() {
        EventTracer tracer = new EventTracer(telemetry, TOPICS);
        Span call = telemetry.getTracer("test").spanBuilder("call").startSpan();
        call.end();

        LogContext work = tracer.work("import", Map.of("dataset", "scenes"), TraceContext.of(call.getSpanContext()));
        try (work) {
            sent(tracer, Outgoing.of(Topic.EXAMPLES_CURATED, "scenes/1", ExampleCurated.getDefaultInstance()));
            work.failed("NOT_READY");
        }

        SpanData imported = span("import");
        assertEquals(call.getSpanContext().getSpanId(), imported.getParentSpanId());
        assertEquals("scenes", attribute(imported, "surstream.dataset"));
        assertEquals("NOT_READY", attribute(imported, "error.type"));
        assertEquals(
                imported.getSpanId(),
                span("surstream.examples.curated publish")
                        .getLinks()
                        .get(0)
                        .getSpanContext()
                        .getSpanId());
    }
}
