package io.surstream.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StageSpanTest {
    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    @Test
    void a_part_is_a_span_of_the_trace_that_its_thread_works_in() {
        String done = inJob(() -> StageSpan.TEXT_CONDITION.of(Attributes.of(StageSpan.STEPS, 20L), () -> "done"));

        assertEquals("done", done);
        SpanData part = TELEMETRY.getSpans().get(0);
        SpanData job = TELEMETRY.getSpans().get(1);
        assertEquals("text-condition", part.getName());
        assertEquals(job.getSpanId(), part.getParentSpanId());
        assertEquals(20L, part.getAttributes().get(StageSpan.STEPS));
    }

    @Test
    void a_part_that_fails_is_a_failed_span_and_throws_on() {
        assertThrows(
                IllegalStateException.class,
                () -> inJob(() -> StageSpan.DECODE.of(Attributes.empty(), () -> {
                    throw new IllegalStateException("no");
                })));

        assertEquals(StatusCode.ERROR, TELEMETRY.getSpans().get(0).getStatus().getStatusCode());
    }

    @Test
    void no_part_begins_a_trace() {
        assertEquals("done", StageSpan.DENOISE.of(Attributes.empty(), () -> "done"));

        assertEquals(List.of(), TELEMETRY.getSpans());
    }

    private interface Work {
        String done();
    }

    private static String inJob(Work work) {
        Span job = TELEMETRY
                .getOpenTelemetry()
                .getTracer("test")
                .spanBuilder("job")
                .startSpan();
        Scope scope = job.makeCurrent();
        try (scope) {
            return work.done();
        } finally {
            job.end();
        }
    }
}
