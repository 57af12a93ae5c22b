package io.surstream.streaming.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceContextTest {

    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void a_trace_parent_is_read_and_written() {
        TraceContext trace = TraceContext.parse(PARENT).orElseThrow();
        assertEquals("0af7651916cd43dd8448eb211c80319c", trace.traceId());
        assertEquals("b7ad6b7169203331", trace.spanId());
        assertEquals(PARENT, trace.traceparent());
    }

    @Test
    void a_later_version_is_read_as_far_as_it_is_known() {
        assertTrue(TraceContext.parse("cc" + PARENT.substring(2) + "-more").isPresent());
    }

    @Test
    void what_is_no_trace_parent_is_ignored() {
        for (String text : List.of(
                "",
                "nonsense",
                "ff" + PARENT.substring(2),
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                PARENT.toUpperCase())) {
            assertEquals(Optional.empty(), TraceContext.parse(text), text);
        }
    }

    @Test
    void a_new_trace_is_a_trace_parent_and_no_other_one() {
        TraceContext trace = TraceContext.create();
        assertEquals(Optional.of(trace), TraceContext.parse(trace.traceparent()));
        assertNotEquals(trace.traceId(), TraceContext.create().traceId());
    }

    @Test
    void a_thread_that_works_in_no_span_has_no_trace() {
        assertEquals(Optional.empty(), TraceContext.current());
    }
}
