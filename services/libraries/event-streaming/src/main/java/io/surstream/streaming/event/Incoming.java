package io.surstream.streaming.event;

import com.google.protobuf.Message;
import io.opentelemetry.api.trace.Span;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.LogAttributes;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.streaming.tracing.TraceContext;
import java.time.Instant;

/**
 * One decoded event of a topic.
 *
 * @param key record key, which only decides the record's partition; null when the producer set none
 * @param topic full name
 * @param recordedAt when the record was written, according to its timestamp: see {@link RecordTime}
 * @param delivery 1 for the first delivery; only share groups count further
 * @param trace of the span that handles the event; without an OpenTelemetry SDK the record's own, or a new one
 */
public record Incoming<T extends Message>(
        T event,
        String key,
        String topic,
        int partition,
        long offset,
        Instant recordedAt,
        int delivery,
        TraceContext trace) {

    /** An event under the given key that belongs to this one's trace. */
    public Outgoing reply(Topic to, String jobId, Message answer) {
        return new Outgoing(to, jobId, answer, trace);
    }

    /** Links the span that this thread works in to the event, one of many that cause the work. */
    public void link() {
        if (trace.isSampled()) {
            Span.current().addLink(trace.asRemoteParent());
        }
    }

    /**
     * What a handler does for this event alone, when it processes several; for a single one the worker has opened it.
     */
    public LogContext scope() {
        return LogContext.open(LogAttributes.of(event), trace);
    }
}
