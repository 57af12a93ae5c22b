package io.surstream.streaming.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.surstream.streaming.batch.BatchHandler;
import io.surstream.streaming.batch.BatchProcess;
import io.surstream.streaming.batch.BatchSettings;
import io.surstream.streaming.client.RecordWriter;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.loop.WorkerMetrics;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.PromptSubmitted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Test classes whose records are sent to no cluster and whose spans are kept. */
abstract class RecordedTraces {
    static final String SECRET = "xylophone";
    static final Topics TOPICS = new Topics(TopicSettings.defaults());
    static final PromptSubmitted PROMPT =
            PromptSubmitted.newBuilder().setJobId("job-1").setPrompt(SECRET).build();

    final InMemorySpanExporter spans = InMemorySpanExporter.create();
    final OpenTelemetry telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();

    final RecordWriter writer = new RecordWriter(TOPICS, "/test");
    final MockProducer<byte[], byte[]> cluster =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    ConsumerRecord<byte[], byte[]> sent(EventTracer tracer, Outgoing event) {
        tracer.send(cluster, writer.event(event), (metadata, error) -> {});
        return delivered(cluster.history().get(cluster.history().size() - 1));
    }

    static ConsumerRecord<byte[], byte[]> delivered(ProducerRecord<byte[], byte[]> record) {
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

    List<ProducerRecord<byte[], byte[]>> batch(
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

    SpanData span(String name) {
        List<SpanData> found = named(name);
        assertEquals(1, found.size(), name + " in " + spans.getFinishedSpanItems());
        return found.get(0);
    }

    static Object attribute(SpanData span, String name) {
        return span.getAttributes().asMap().entrySet().stream()
                .filter(entry -> entry.getKey().getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    List<SpanData> named(String name) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }
}
