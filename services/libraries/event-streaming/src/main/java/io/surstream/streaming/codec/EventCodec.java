package io.surstream.streaming.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.surstream.contract.failure.Failures;
import io.surstream.contract.prompt.PromptJson;
import io.surstream.streaming.codec.MalformedEventException.Reason;
import io.surstream.streaming.topic.DeadLetterHeaders;
import io.surstream.streaming.topic.EventHeaders;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.TraceContext;
import io.surstream.v1.PromptSubmitted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;

/**
 * One event type to and from record bytes. Writes protobuf with CloudEvents headers; reads that, protobuf-JSON with or without
 * headers, and CloudEvents' structured form, so that any app and script can publish. Immutable and thread-safe.
 *
 * @param <T> the event
 */
public final class EventCodec<T extends Message> {

    private final T prototype;
    private final String type;
    private final NamedWork named;

    private EventCodec(T prototype) {
        this.prototype = prototype;
        this.type = prototype.getDescriptorForType().getFullName();
        this.named = new NamedWork(prototype.getDescriptorForType());
    }

    /**
     * @param topic its event must be the prototype's type
     * @param prototype any instance, usually the default one
     */
    public static <T extends Message> EventCodec<T> of(Topic topic, T prototype) {
        if (!topic.event().map(prototype.getDescriptorForType()::equals).orElse(false)) {
            throw new IllegalArgumentException("topic " + topic.shortName() + " does not carry "
                    + prototype.getDescriptorForType().getFullName());
        }
        return new EventCodec<>(prototype);
    }

    /** Adds the CloudEvents headers of a new event and of its cause, replacing any that are there. */
    public static void describe(Message event, String source, Optional<TraceContext> cause, Headers headers) {
        EventHeaders.set(headers, EventHeaders.SPEC_VERSION, EventHeaders.VERSION_1_0);
        EventHeaders.set(headers, EventHeaders.ID, UUID.randomUUID().toString());
        EventHeaders.set(
                headers, EventHeaders.TYPE, event.getDescriptorForType().getFullName());
        EventHeaders.set(headers, EventHeaders.SOURCE, source);
        EventHeaders.set(headers, EventHeaders.TIME, Instant.now().toString());
        EventHeaders.set(headers, EventHeaders.CONTENT_TYPE, MediaType.PROTOBUF);
        cause.ifPresent(trace -> EventHeaders.set(headers, TraceContext.HEADER, trace.traceparent()));
    }

    /**
     * Reads one record.
     *
     * @throws MalformedEventException when the record is not this event; the message says why
     */
    public T decode(byte[] value, Headers headers) {
        EventHeaders.text(headers, DeadLetterHeaders.TRUNCATED_FROM).ifPresent(EventCodec::refuseCut);
        if (value == null) {
            throw new MalformedEventException(Reason.NO_CONTENT, "the record has no value; expected " + type);
        }
        EventContent content = EventContent.of(value, headers);
        requireType(content);
        return content.json().map(this::parseJson).orElseGet(() -> parseProtobuf(content.protobuf()));
    }

    private static void refuseCut(String bytes) {
        throw new MalformedEventException(
                Reason.RECORD_TOO_LARGE,
                bytes.equals(DeadLetterHeaders.UNKNOWN_SIZE)
                        ? "the record, or one before it in its batch, is corrupt or needs more memory than this process has; a value may have "
                                + BoundedBytes.VALUE + " bytes"
                        : "the value may have " + BoundedBytes.VALUE + " bytes but has "
                                + MalformedEventException.shortened(bytes)
                                + "; put the bulk into object storage and refer to it");
    }

    private void requireType(EventContent content) {
        if (content.type().isEmpty() && content.json().isEmpty()) {
            throw new MalformedEventException(
                    Reason.MISSING_TYPE, "the record has no ce_type header and is not a JSON object; expected " + type);
        }
        if (content.type().isPresent() && !content.type().get().equals(type)) {
            throw new MalformedEventException(
                    Reason.UNKNOWN_TYPE,
                    "ce_type must be " + type + " but is "
                            + MalformedEventException.shortened(content.type().get()));
        }
    }

    /**
     * The id of the job, or of the run, that the record's value names, if it is readable; the record may be malformed.
     * A record's key is never taken for it: a key only says which partition a record goes to.
     *
     * @return empty when the value names none, or more than one, or what is no id by its form
     */
    public Optional<String> readableJobId(byte[] value, Headers headers) {
        return named.in(value, headers);
    }

    private T parseProtobuf(byte[] message) {
        try {
            return cast(prototype.getParserForType().parseFrom(message));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedEventException(
                    Reason.NOT_PROTOBUF,
                    "the " + message.length + " bytes are not a " + type + ": "
                            + MalformedEventException.shortened(e.getMessage()));
        }
    }

    /** A prompt's JSON is the contract's, as over REST; every other event's is protobuf's own. */
    private T parseJson(String json) {
        if (prototype instanceof PromptSubmitted) {
            PromptJson.Document document = PromptJson.event(json.getBytes(StandardCharsets.UTF_8));
            if (!document.problems().isEmpty()) {
                throw new MalformedEventException(Reason.NOT_JSON, Failures.joined("", document.problems()));
            }
            return cast(document.prompt());
        }
        Message.Builder builder = prototype.newBuilderForType();
        try {
            JsonFormat.parser().merge(json, builder);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedEventException(
                    Reason.NOT_JSON,
                    "the JSON is not a " + type + ": " + MalformedEventException.shortened(e.getMessage()));
        }
        return cast(builder.build());
    }

    @SuppressWarnings("unchecked") // a prototype's parser and builder make its own type
    private T cast(Message message) {
        return (T) message;
    }
}
