package io.surstream.streaming;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Map;
import org.slf4j.MDC;

/**
 * Until it is closed, this thread works for one event: its log lines carry the job's or run's id (MDC {@code jobId},
 * {@code runId}), and the spans it starts belong to the event's trace. Closed by the thread that opened it, the inner one first.
 */
public final class WorkScope implements AutoCloseable {

    private final Map<String, String> before;
    private final Scope span;

    private WorkScope(Map<String, String> before, Scope span) {
        this.before = before;
        this.span = span;
    }

    static WorkScope open(Map<String, String> names, TraceContext trace) {
        return open(names, Context.current().with(Span.wrap(trace.asRemoteParent())));
    }

    static WorkScope open(Map<String, String> names, Context context) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        Scope span = context.makeCurrent();
        names.forEach(MDC::put);
        return new WorkScope(before == null ? Map.of() : before, span);
    }

    /** For a thread that works on a training run with no event in hand. */
    public static WorkScope ofRun(String runId) {
        return open(Map.of(WorkNames.RUN, runId), Context.current());
    }

    @Override
    public void close() {
        span.close();
        MDC.setContextMap(before);
    }
}
