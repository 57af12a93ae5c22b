package io.surstream.streaming.codec;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.surstream.streaming.codec.MalformedEventException.Reason;
import io.surstream.streaming.topic.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * An event out of the envelope that its record has: CloudEvents' binary form, where headers describe the value
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md), their structured form, where a
 * JSON object holds description and data (cloudevents/formats/json-format.md there), or none.
 *
 * @param type what the envelope calls the event; empty where it says nothing
 * @param json the event as JSON; empty where it is protobuf
 * @param protobuf the event as a message; no bytes where it is JSON
 */
record EventContent(Optional<String> type, Optional<String> json, byte[] protobuf) {

    /** @throws MalformedEventException when the envelope cannot be understood */
    static EventContent of(byte[] value, Headers headers) {
        MediaType mediaType = MediaType.in(headers);
        boolean mayBeJson = mediaType.isJson() || mediaType.isUnsaid() && JsonText.looksLikeObject(value);
        if (mayBeJson || mediaType.isStructured()) {
            JsonText json = JsonText.read(value);
            if (json.isEnvelope() || mediaType.isStructured()) {
                return unwrapped(json);
            }
            return described(headers, Optional.of(json), value);
        }
        if (!mediaType.isProtobuf() && !mediaType.isUnsaid()) {
            throw unsupported(mediaType);
        }
        return described(headers, Optional.empty(), value);
    }

    private static EventContent described(Headers headers, Optional<JsonText> json, byte[] value) {
        EventHeaders.text(headers, EventHeaders.SPEC_VERSION).ifPresent(EventContent::requireVersion);
        Optional<String> type = EventHeaders.text(headers, EventHeaders.TYPE);
        return json.map(text -> new EventContent(type, Optional.of(text.sound()), new byte[0]))
                .orElseGet(() -> new EventContent(type, Optional.empty(), value));
    }

    private static EventContent unwrapped(JsonText json) {
        JsonObject envelope = JsonParser.parseString(json.sound()).getAsJsonObject();
        requireVersion(json.string("specversion").orElse("none"));
        Optional<String> type = Optional.of(json.string("type").orElse("none"));
        MediaType mediaType = MediaType.of(json.string("datacontenttype").orElse(MediaType.JSON));
        JsonElement data = envelope.get("data");
        JsonElement base64 = envelope.get("data_base64");
        if (!mediaType.isJson() && !mediaType.isProtobuf()) {
            throw unsupported(mediaType);
        }
        if ((data == null) == (base64 == null)) {
            throw noContent("the CloudEvent must have either data or data_base64");
        }
        if (base64 != null) {
            byte[] bytes = decoded(base64);
            return mediaType.isJson()
                    ? new EventContent(type, Optional.of(JsonText.read(bytes).sound()), new byte[0])
                    : new EventContent(type, Optional.empty(), bytes);
        }
        if (!data.isJsonObject() || !mediaType.isJson()) {
            throw noContent("data must be a JSON object; a protobuf message goes into data_base64");
        }
        return new EventContent(type, Optional.of(data.toString()), new byte[0]);
    }

    private static void requireVersion(String version) {
        if (!version.equals(EventHeaders.VERSION_1_0)) {
            throw new MalformedEventException(
                    Reason.UNKNOWN_VERSION,
                    "the CloudEvents version must be 1.0 but is " + MalformedEventException.shortened(version));
        }
    }

    private static byte[] decoded(JsonElement base64) {
        if (base64.isJsonPrimitive()) {
            try {
                return Base64.getDecoder().decode(base64.getAsString().getBytes(StandardCharsets.US_ASCII));
            } catch (IllegalArgumentException e) {
                // What it is not, the message below says.
            }
        }
        throw noContent("data_base64 must be Base64");
    }

    private static MalformedEventException noContent(String message) {
        return new MalformedEventException(Reason.NO_CONTENT, message);
    }

    private static MalformedEventException unsupported(MediaType mediaType) {
        return new MalformedEventException(
                Reason.UNSUPPORTED_CONTENT_TYPE,
                "content-type must be " + MediaType.PROTOBUF + ", " + MediaType.JSON + " in UTF-8 or "
                        + MediaType.STRUCTURED + " but is " + MalformedEventException.shortened(mediaType.toString()));
    }
}
