package io.surstream.streaming.tracing;

import com.google.protobuf.Message;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.Map;

/**
 * One or several records being processed: the span from taking it to {@link #close}, and its names. Used by one thread
 * at a time.
 */
public final class RecordSpan implements AutoCloseable {

    private final Span span;
    private final TraceContext trace;
    private Map<String, String> names = Map.of();

    public RecordSpan(Span span) {
        this.span = span;
        this.trace = TraceContext.of(span.getSpanContext()).orElseGet(TraceContext::create);
    }

    /** The record is this event: span and log lines name it from now on. */
    public RecordSpan about(Message event) {
        return about(LogAttributes.of(event));
    }

    /** The same for a record that is no event, if it names its job or run. */
    public RecordSpan about(Map<String, String> attributes) {
        if (!attributes.isEmpty()) {
            names = attributes;
            LogAttributes.tell(span, attributes);
        }
        return this;
    }

    /** Parent of what the handling publishes. */
    public TraceContext trace() {
        return trace;
    }

    /** Lets this thread work for the record. */
    public LogContext scope() {
        return span.isRecording()
                ? LogContext.open(names, Context.current().with(span))
                : LogContext.open(names, trace);
    }

    /** The same, closing this too. */
    public LogContext scopeToEnd() {
        return scope().then(this::close);
    }

    /** For what is worked on together with others. */
    Span span() {
        return span;
    }

    /** @param errorType upper snake case; a message could quote the event's text */
    public void failed(String errorType) {
        EventTracer.fail(span, errorType);
    }

    @Override
    public void close() {
        span.end();
    }
}
