package io.surstream.streaming.tracing;

import com.google.protobuf.Message;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Map;
import org.slf4j.MDC;

/**
 * Until it is closed, this thread works for one event or request: its log lines carry what that names (MDC {@code jobId},
 * {@code runId}, {@code dataset}), and the spans it starts belong to its trace. Closed by the thread that opened it, the inner
 * one first.
 */
public final class LogContext implements AutoCloseable {

    private final Map<String, String> before;
    private final Scope span;
    private final Runnable end;

    private LogContext(Map<String, String> before, Scope span, Runnable end) {
        this.before = before;
        this.span = span;
        this.end = end;
    }

    /** The same scope, with something to do when it has been closed. */
    LogContext then(Runnable end) {
        return new LogContext(before, span, end);
    }

    /** Of a trace that this process does not record, the thread says that it is not sampled: no measurement names it. */
    public static LogContext open(Map<String, String> names, TraceContext trace) {
        TraceContext here = Span.current().isRecording() ? trace : trace.unsampled();
        return open(names, Context.current().with(Span.wrap(here.asRemoteParent())));
    }

    public static LogContext open(Map<String, String> names, Context context) {
        Map<String, String> before = MDC.getCopyOfContextMap();
        Scope span = context.makeCurrent();
        names.forEach(MDC::put);
        return new LogContext(before == null ? Map.of() : before, span, () -> {});
    }

    /**
     * For a request that came by another way than a topic. The span that it came in, if there is one, gets the names
     * too.
     *
     * @param request may have fields {@code job_id}, {@code run_id} and {@code dataset}
     */
    public static LogContext of(Message request) {
        Map<String, String> names = LogAttributes.of(request);
        Span span = Span.current();
        LogAttributes.tell(span, names);
        return span.getSpanContext().isValid() ? open(names, Context.current()) : open(names, TraceContext.create());
    }

    /**
     * For many small pieces of the current work, none of which is worth a span: there are none until this is closed.
     */
    public static LogContext withoutSpans() {
        return TraceContext.current()
                .map(trace -> open(
                        Map.of(),
                        Context.current().with(Span.wrap(trace.unsampled().asRemoteParent()))))
                .orElseGet(() -> open(Map.of(), Context.current()));
    }

    /**
     * Of the innermost scope of this thread: its span ends as failed.
     *
     * @param errorType upper snake case; a message could quote what is worked on
     */
    public void failed(String errorType) {
        EventTracer.fail(Span.current(), errorType);
    }

    @Override
    public void close() {
        span.close();
        MDC.setContextMap(before);
        end.run();
    }
}
