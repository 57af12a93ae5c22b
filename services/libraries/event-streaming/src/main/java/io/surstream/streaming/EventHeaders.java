package io.surstream.streaming;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Names of record headers: CloudEvents 1.0 in Kafka's binary content mode, and ours on dead letters. */
final class EventHeaders {

    static final String ID = "ce_id";
    static final String TYPE = "ce_type";
    static final String SOURCE = "ce_source";
    static final String SPEC_VERSION = "ce_specversion";
    static final String TIME = "ce_time";
    static final String CONTENT_TYPE = "content-type";

    static final String VERSION_1_0 = "1.0";

    private EventHeaders() {}

    static void set(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    static MediaType mediaType(Headers headers) {
        return MediaType.of(text(headers, CONTENT_TYPE).orElse(""));
    }

    static Optional<TraceContext> trace(Headers headers) {
        return text(headers, TraceContext.HEADER).flatMap(TraceContext::parse);
    }
}
