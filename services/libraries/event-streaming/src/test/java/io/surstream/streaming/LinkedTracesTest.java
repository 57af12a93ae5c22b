package io.surstream.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.PromptSubmitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What comes of many is a trace of its own, linked with theirs. */
class LinkedTracesTest {

    private static final String SECRET = "xylophone";
    private static final Topics TOPICS = new Topics(TopicSettings.defaults());
    private static final PromptSubmitted PROMPT =
            PromptSubmitted.newBuilder().setJobId("job-1").setPrompt(SECRET).build();

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetry telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();

    private final RecordWriter writer = new RecordWriter(TOPICS, "/test");
    private final MockProducer<byte[], byte[]> cluster =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    private ConsumerRecord<byte[], byte[]> sent(EventTracer tracer, Outgoing event) {
        tracer.send(cluster, writer.event(event), (metadata, error) -> {});
        return delivered(cluster.history().get(cluster.history().size() - 1));
    }

    private static ConsumerRecord<byte[], byte[]> delivered(ProducerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                2,
                40,
                1_000L,
                TimestampType.CREATE_TIME,
                0,
                record.value().length,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }

    private List<ProducerRecord<byte[], byte[]>> batch(
            EventTracer tracer, BatchHandler<PromptSubmitted> handler, List<ConsumerRecord<byte[], byte[]>> records) {
        return new BatchProcess<>(
                        WorkerDefinition.of(
                                "encoder",
                                Topic.PROMPTS_SUBMITTED,
                                PromptSubmitted.getDefaultInstance(),
                                DeadLetterListener.silent()),
                        handler,
                        BatchSettings.of("encoders"),
                        writer,
                        tracer,
                        new WorkerMetrics(new SimpleMeterRegistry(), "encoder"),
                        pause -> {})
                .process(records);
    }

    private SpanData span(String name) {
        List<SpanData> found = spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
        assertEquals(1, found.size(), name + " in " + spans.getFinishedSpanItems());
        return found.get(0);
    }

    private static Object attribute(SpanData span, String name) {
        return span.getAttributes().asMap().entrySet().stream()
                .filter(entry -> entry.getKey().getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private List<SpanData> named(String name) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

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
        WorkScope run = tracer.work("training run", Map.of("runId", "run-1"), Optional.of(imported));
        try (run) {
            IncomingReader.read(
                            EventCodec.of(Topic.EXAMPLES_CURATED, example),
                            record,
                            EventHeaders.trace(record.headers()).orElseThrow())
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
}
