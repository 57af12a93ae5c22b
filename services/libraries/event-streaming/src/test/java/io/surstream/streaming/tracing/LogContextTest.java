package io.surstream.streaming.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.surstream.v1.PromptSubmitted;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What a thread says and measures while it works for a request. */
class LogContextTest extends RecordedTraces {

    @Test
    void a_request_logs_under_its_names_in_the_span_that_it_came_in() {
        Span call = telemetry.getTracer("test").spanBuilder("call").startSpan();
        Scope current = call.makeCurrent();
        try (current) {
            LogContext scope = LogContext.of(PROMPT);
            try (scope) {
                assertEquals("job-1", MDC.get("jobId"));
                assertEquals(call.getSpanContext(), Span.current().getSpanContext());
            }
        }
        call.end();

        assertNull(MDC.get("jobId"));
        assertEquals("job-1", attribute(span("call"), "surstream.job.id"));
        assertFalse(spans.getFinishedSpanItems().toString().contains(SECRET));
    }

    @Test
    void a_request_that_names_nothing_and_comes_in_no_span_has_a_trace_for_its_log_lines() {
        LogContext scope = LogContext.of(PromptSubmitted.getDefaultInstance());
        try (scope) {
            assertNull(MDC.get("jobId"));
            assertTrue(TraceContext.current().isPresent());
            assertFalse(Span.current().getSpanContext().isSampled());
        }
        assertEquals(Optional.empty(), TraceContext.current());
    }
}
