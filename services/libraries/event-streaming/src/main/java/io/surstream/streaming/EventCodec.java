package io.surstream.streaming;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.surstream.streaming.MalformedEventException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;

/**
 * One event type to and from record bytes: protobuf with CloudEvents headers, and on {@code prompts.submitted} also
 * protobuf-JSON, so that any script can publish. Immutable and thread-safe.
 *
 * @param <T> the event
 */
public final class EventCodec<T extends Message> {

    private final T prototype;
    private final String type;
    private final boolean acceptsJson;

    private EventCodec(T prototype, boolean acceptsJson) {
        this.prototype = prototype;
        this.type = prototype.getDescriptorForType().getFullName();
        this.acceptsJson = acceptsJson;
    }

    /**
     * @param topic its event must be the prototype's type
     * @param prototype any instance, as a rule the default one
     */
    public static <T extends Message> EventCodec<T> of(Topic topic, T prototype) {
        if (!topic.event().map(prototype.getDescriptorForType()::equals).orElse(false)) {
            throw new IllegalArgumentException("topic " + topic.shortName() + " does not carry "
                    + prototype.getDescriptorForType().getFullName());
        }
        return new EventCodec<>(prototype, topic == Topic.PROMPTS_SUBMITTED);
    }

    /** Adds the CloudEvents headers of a new event and what it comes of, replacing any that are there. */
    static void describe(Message event, String source, Optional<TraceContext> cause, Headers headers) {
        EventHeaders.set(headers, EventHeaders.SPEC_VERSION, EventHeaders.VERSION_1_0);
        EventHeaders.set(headers, EventHeaders.ID, UUID.randomUUID().toString());
        EventHeaders.set(
                headers, EventHeaders.TYPE, event.getDescriptorForType().getFullName());
        EventHeaders.set(headers, EventHeaders.SOURCE, source);
        EventHeaders.set(headers, EventHeaders.TIME, Instant.now().toString());
        EventHeaders.set(headers, EventHeaders.CONTENT_TYPE, EventHeaders.PROTOBUF);
        cause.ifPresent(trace -> EventHeaders.set(headers, TraceContext.HEADER, trace.traceparent()));
    }

    /**
     * Reads one record.
     *
     * @throws MalformedEventException when the record is not this event; the message says why
     */
    public T decode(byte[] value, Headers headers) {
        if (value == null) {
            throw new MalformedEventException(Reason.NO_CONTENT, "the record has no value; expected " + type);
        }
        requireVersion(headers);
        Optional<String> ceType = EventHeaders.text(headers, EventHeaders.TYPE);
        if (ceType.isPresent() && !ceType.get().equals(type)) {
            throw new MalformedEventException(
                    Reason.UNKNOWN_TYPE, "ce_type must be " + type + " but is " + shortened(ceType.get()));
        }
        String contentType = contentType(headers);
        boolean json = contentType.isEmpty() ? acceptsJson && looksLikeJson(value) : isJson(contentType);
        if (json) {
            return parseJson(value);
        }
        if (ceType.isEmpty()) {
            throw new MalformedEventException(
                    Reason.MISSING_TYPE,
                    "the record has no ce_type header" + (acceptsJson ? " and is not a JSON object" : "")
                            + "; expected " + type);
        }
        return parseProtobuf(value);
    }

    /** The job id, as far as it can be read from a record that may be malformed. */
    Optional<String> readableJobId(byte[] key, byte[] value) {
        if (key != null && key.length > 0 && key.length <= 128) {
            return Optional.of(new String(key, StandardCharsets.UTF_8));
        }
        if (value == null || !looksLikeJson(value)) {
            return Optional.empty();
        }
        var field = prototype.getDescriptorForType().findFieldByName("job_id");
        Message.Builder builder = prototype.newBuilderForType();
        try {
            JsonFormat.parser().ignoringUnknownFields().merge(new String(value, StandardCharsets.UTF_8), builder);
        } catch (InvalidProtocolBufferException e) {
            // The fields before the bad one are in the builder; that may be enough.
        }
        String jobId = field == null ? "" : (String) builder.getField(field);
        return jobId.isEmpty() || jobId.length() > 128 ? Optional.empty() : Optional.of(jobId);
    }

    private static void requireVersion(Headers headers) {
        String version = EventHeaders.text(headers, EventHeaders.SPEC_VERSION).orElse(EventHeaders.VERSION_1_0);
        if (!version.equals(EventHeaders.VERSION_1_0)) {
            throw new MalformedEventException(
                    Reason.UNKNOWN_VERSION, "ce_specversion must be 1.0 but is " + shortened(version));
        }
    }

    private static String contentType(Headers headers) {
        String header = EventHeaders.text(headers, EventHeaders.CONTENT_TYPE).orElse("");
        return header.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    private boolean isJson(String contentType) {
        if (contentType.equals(EventHeaders.JSON) && acceptsJson) {
            return true;
        }
        if (contentType.equals(EventHeaders.PROTOBUF) || contentType.equals("application/x-protobuf")) {
            return false;
        }
        throw new MalformedEventException(
                Reason.UNSUPPORTED_CONTENT_TYPE,
                "content-type must be " + EventHeaders.PROTOBUF + (acceptsJson ? " or " + EventHeaders.JSON : "")
                        + " but is " + shortened(contentType));
    }

    private static boolean looksLikeJson(byte[] value) {
        for (byte b : value) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '{';
            }
        }
        return false;
    }

    private T parseProtobuf(byte[] value) {
        try {
            return cast(prototype.getParserForType().parseFrom(value));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedEventException(
                    Reason.NOT_PROTOBUF,
                    "the " + value.length + " bytes are not a " + type + ": " + shortened(e.getMessage()));
        }
    }

    private T parseJson(byte[] value) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedEventException(Reason.NOT_UTF8, "the JSON is not UTF-8; expected " + type);
        }
        Message.Builder builder = prototype.newBuilderForType();
        try {
            JsonFormat.parser().merge(text, builder);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedEventException(
                    Reason.NOT_JSON, "the JSON is not a " + type + ": " + shortened(e.getMessage()));
        }
        return cast(builder.build());
    }

    @SuppressWarnings("unchecked") // a prototype's parser and builder make its own type
    private T cast(Message message) {
        return (T) message;
    }

    private static String shortened(String text) {
        return text == null ? "" : text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
