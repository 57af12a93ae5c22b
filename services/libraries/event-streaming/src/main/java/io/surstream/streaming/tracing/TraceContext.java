package io.surstream.streaming.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.surstream.streaming.topic.EventHeaders;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;

/**
 * W3C trace context of one record (https://www.w3.org/TR/trace-context/).
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param spanId 16 lower-case hex digits, not all zero
 * @param flags 2 lower-case hex digits; 01 is sampled
 */
public record TraceContext(String traceId, String spanId, String flags) {

    public static final String HEADER = "traceparent";

    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new trace, sampled. */
    public static TraceContext create() {
        return new TraceContext(randomHex(16), randomHex(8), "01");
    }

    /** Empty when the text is not a trace parent; a bad header never stops an event. */
    public static Optional<TraceContext> parse(String traceparent) {
        Matcher matcher = TRACEPARENT.matcher(traceparent.trim());
        return matcher.matches() && !traceparent.startsWith("ff")
                ? Optional.of(new TraceContext(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /** That a record's headers carry, where they carry a sound one. */
    public static Optional<TraceContext> in(Headers headers) {
        return EventHeaders.text(headers, HEADER).flatMap(TraceContext::parse);
    }

    /** Of the span that this thread works in, if it works in one. */
    public static Optional<TraceContext> current() {
        return of(Span.current().getSpanContext());
    }

    /** Empty for a span that is none, as without an OpenTelemetry SDK. */
    public static Optional<TraceContext> of(SpanContext span) {
        return span.isValid()
                ? Optional.of(new TraceContext(
                        span.getTraceId(),
                        span.getSpanId(),
                        span.getTraceFlags().asHex()))
                : Optional.empty();
    }

    /** The same trace, for which nobody is to record anything. */
    TraceContext unsampled() {
        return new TraceContext(traceId, spanId, TraceFlags.getDefault().asHex());
    }

    /** Whether it may have been recorded. */
    public boolean isSampled() {
        return TraceFlags.fromHex(flags, 0).isSampled();
    }

    /** As the parent of spans of this process. */
    public SpanContext asRemoteParent() {
        return SpanContext.createFromRemoteParent(
                traceId, spanId, TraceFlags.fromHex(flags, 0), TraceState.getDefault());
    }

    /** The header's value. */
    public String traceparent() {
        return "00-" + traceId + '-' + spanId + '-' + flags;
    }

    private static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        random[0] |= 1;
        return HexFormat.of().formatHex(random);
    }
}
