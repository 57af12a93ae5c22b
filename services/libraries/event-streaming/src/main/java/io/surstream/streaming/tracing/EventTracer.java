package io.surstream.streaming.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.surstream.contract.JobId;
import io.surstream.streaming.topic.EventHeaders;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Spans of records, after OpenTelemetry's conventions for messaging
 * (https://opentelemetry.io/docs/specs/semconv/messaging/kafka/): TOPIC publish from sending to the cluster's word,
 * TOPIC process while a record is handled. Progress events are too frequent for spans. An example starts its own trace,
 * with a link to its import: an import has too many for one trace. No span holds text of an event. Thread-safe.
 */
public final class EventTracer {

    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> PARTITION = AttributeKey.stringKey("messaging.destination.partition.id");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> GROUP = AttributeKey.stringKey("messaging.consumer.group.name");
    private static final AttributeKey<String> KEY = AttributeKey.stringKey("messaging.kafka.message.key");
    private static final AttributeKey<Long> COUNT = AttributeKey.longKey("messaging.batch.message_count");
    private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private final Tracer tracer;
    private final Set<String> untold;
    private final Set<String> many;

    public EventTracer(OpenTelemetry telemetry, Topics topics) {
        this.tracer = telemetry.getTracer("io.surstream.streaming");
        this.untold = Set.of(topics.name(Topic.IMAGES_PROGRESSED), topics.name(Topic.TRAINING_PROGRESSED));
        this.many = Set.of(topics.name(Topic.EXAMPLES_CURATED));
    }

    /** @param group whose work the record is; empty if everyone receives it */
    public RecordSpan recordSpan(ConsumerRecord<byte[], byte[]> origin, Optional<String> group) {
        return recordSpan(
                origin.topic(), origin.partition(), origin.offset(), text(origin.key()), origin.headers(), group);
    }

    /** @param key null when the record has none */
    public RecordSpan recordSpan(
            String topic, int partition, long offset, String key, Headers headers, Optional<String> group) {
        Context parent = parent(headers);
        if (untold.contains(topic)) {
            return new RecordSpan(Span.fromContext(parent));
        }
        SpanBuilder span = span(topic, "process", SpanKind.CONSUMER, key, parent)
                .setAttribute(PARTITION, String.valueOf(partition))
                .setAttribute(OFFSET, offset);
        group.ifPresent(name -> span.setAttribute(GROUP, name));
        return new RecordSpan(span.startSpan());
    }

    /**
     * Several records that are worked on together: its own trace, because it is part of no other, with links to theirs
     * and from theirs.
     */
    public RecordSpan together(String topic, List<RecordSpan> recordSpans) {
        SpanBuilder builder = tracer.spanBuilder(topic + " process together")
                .setNoParent()
                .setAttribute(SYSTEM, "kafka")
                .setAttribute(DESTINATION, topic)
                .setAttribute(COUNT, (long) recordSpans.size());
        recordSpans.forEach(one -> link(one.span().getSpanContext(), builder::addLink));
        Span span = builder.startSpan();
        recordSpans.forEach(one -> link(span.getSpanContext(), one.span()::addLink));
        return new RecordSpan(span);
    }

    /** To what nobody records a link would lead nowhere. */
    private static void link(SpanContext to, Consumer<SpanContext> from) {
        if (to.isSampled()) {
            from.accept(to);
        }
    }

    /**
     * Long work without a current record: its span ends with the scope.
     *
     * @param name of the span, the same for all work of this kind
     * @param cause that asked for it; empty to begin a trace
     */
    public LogContext work(String name, Map<String, String> names, Optional<TraceContext> cause) {
        Span span = tracer.spanBuilder(name).setParent(parent(cause)).startSpan();
        return new RecordSpan(span).about(names).scopeToEnd();
    }

    /** A record that is read again, as at a start: it was traced when it was new. */
    public RecordSpan again(ConsumerRecord<byte[], byte[]> origin) {
        return new RecordSpan(Span.fromContext(parent(origin.headers())));
    }

    /** Sends; the record's header names the span, or stays unchanged if nothing is traced. */
    public void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record, Callback callback) {
        Context parent = parent(record.headers());
        Span span = untold.contains(record.topic()) ? Span.fromContext(parent) : publishing(record, parent);
        TraceContext trace = TraceContext.of(span.getSpanContext()).orElseGet(TraceContext::create);
        EventHeaders.set(record.headers(), TraceContext.HEADER, trace.traceparent());
        try {
            producer.send(record, (metadata, error) -> {
                end(span, error);
                callback.onCompletion(metadata, error);
            });
        } catch (RuntimeException e) {
            end(span, e);
            throw e;
        }
    }

    private Span publishing(ProducerRecord<byte[], byte[]> record, Context parent) {
        boolean begins = many.contains(record.topic());
        SpanBuilder span = span(
                record.topic(), "publish", SpanKind.PRODUCER, text(record.key()), begins ? Context.root() : parent);
        if (begins) {
            link(Span.fromContext(parent).getSpanContext(), span::addLink);
        }
        return span.startSpan();
    }

    private SpanBuilder span(String topic, String operation, SpanKind kind, String key, Context parent) {
        SpanBuilder span = tracer.spanBuilder(topic + ' ' + operation)
                .setParent(parent)
                .setSpanKind(kind)
                .setAttribute(SYSTEM, "kafka")
                .setAttribute(DESTINATION, topic)
                .setAttribute(OPERATION, operation)
                .setAttribute(OPERATION_TYPE, kind == SpanKind.PRODUCER ? "send" : "process");
        id(key).ifPresent(id -> span.setAttribute(KEY, id));
        return span;
    }

    private static void end(Span span, Exception error) {
        if (error != null) {
            fail(span, error.getClass().getSimpleName());
        }
        span.end();
    }

    static void fail(Span span, String errorType) {
        span.setStatus(StatusCode.ERROR).setAttribute(ERROR_TYPE, errorType);
    }

    private static Context parent(Headers headers) {
        return parent(TraceContext.in(headers));
    }

    private static Context parent(Optional<TraceContext> cause) {
        return cause.map(trace -> Context.root().with(Span.wrap(trace.asRemoteParent())))
                .orElse(Context.root());
    }

    /** A key that is no id by its form may be anything. */
    private static Optional<String> id(String key) {
        return Optional.ofNullable(key).filter(JobId::isValid);
    }

    private static String text(byte[] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }
}
