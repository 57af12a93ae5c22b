package io.surstream.streaming;

import com.google.protobuf.Message;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.Map;

/** A record, or several, in somebody's hands: the span from taking it to {@link #close}, and its names. Used by one thread at a time. */
public final class Handling implements AutoCloseable {

    private final Span span;
    private final TraceContext trace;
    private final Map<String, String> names;

    Handling(Span span, Map<String, String> names) {
        this.span = span;
        this.trace = TraceContext.of(span.getSpanContext()).orElseGet(TraceContext::create);
        this.names = names;
        WorkNames.tell(span, names);
    }

    /** Parent of what the handling publishes. */
    TraceContext trace() {
        return trace;
    }

    /** Lets this thread work for the record, by the name that its key gives. */
    public WorkScope scope() {
        return scope(names);
    }

    /** The same, closing this too. */
    WorkScope scopeToEnd() {
        return scope(names).then(this::close);
    }

    /** The same by the event's own name, which also one without a key has. */
    WorkScope scope(Message event) {
        return scope(WorkNames.of(event));
    }

    private WorkScope scope(Map<String, String> names) {
        return span.isRecording() ? WorkScope.open(names, Context.current().with(span)) : WorkScope.open(names, trace);
    }

    /** For what is worked on together with others. */
    Span span() {
        return span;
    }

    /** @param errorType upper snake case; a message could quote the event's text */
    void failed(String errorType) {
        EventTracer.fail(span, errorType);
    }

    @Override
    public void close() {
        span.end();
    }
}
