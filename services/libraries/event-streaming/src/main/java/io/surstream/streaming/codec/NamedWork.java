package io.surstream.streaming.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import io.surstream.contract.JobId;
import io.surstream.streaming.topic.EventHeaders;
import io.surstream.streaming.topic.Topic;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;

/**
 * Which job or run a record is about, read from a value that need not be a whole event. A record that says that it is
 * another event names none: the field of our event's id may contain anything. Immutable and thread-safe.
 */
public final class NamedWork {

    /** Ids come first. The rest of a value that is larger than this is not looked at. */
    private static final int LOOKED_AT = 4 << 20;

    private final String type;
    private final Optional<FieldDescriptor> field;

    public NamedWork(Descriptor event) {
        this.type = event.getFullName();
        this.field = Stream.of("job_id", "run_id")
                .map(event::findFieldByName)
                .filter(found -> found != null)
                .findFirst();
    }

    /** @param topic of events, none of dead letters */
    public static NamedWork on(Topic topic) {
        return new NamedWork(topic.event().orElseThrow());
    }

    /**
     * @param value null for a record without one
     * @return empty when the value names none, or two, or what is no id by its form
     */
    public Optional<String> in(byte[] value, Headers headers) {
        if (field.isEmpty() || value == null) {
            return Optional.empty();
        }
        byte[] looked = value.length > LOOKED_AT ? Arrays.copyOf(value, LOOKED_AT) : value;
        return read(looked, headers).filter(JobId::isValid);
    }

    private Optional<String> read(byte[] value, Headers headers) {
        Optional<String> declared = EventHeaders.text(headers, EventHeaders.TYPE);
        MediaType mediaType = MediaType.in(headers);
        if (JsonText.looksLikeObject(value)) {
            JsonText json = JsonText.read(value);
            return json.isEnvelope() ? ofEnvelope(value, headers) : isOurs(declared) ? ofJson(json) : Optional.empty();
        }
        boolean maybeProtobuf = mediaType.isProtobuf() || mediaType.isUnsaid();
        return maybeProtobuf && isOurs(declared) ? ofProtobuf(value) : Optional.empty();
    }

    private boolean isOurs(Optional<String> declared) {
        return declared.isEmpty() || declared.get().equals(type);
    }

    private Optional<String> ofEnvelope(byte[] value, Headers headers) {
        try {
            EventContent content = EventContent.of(value, headers);
            return !isOurs(content.type())
                    ? Optional.empty()
                    : content.json()
                            .map(json -> ofJson(JsonText.read(json.getBytes(UTF_8))))
                            .orElseGet(() -> ofProtobuf(content.protobuf()));
        } catch (MalformedEventException e) {
            return Optional.empty();
        }
    }

    private Optional<String> ofJson(JsonText json) {
        Optional<String> camel = json.string(field.orElseThrow().getJsonName());
        Optional<String> snake = json.string(field.orElseThrow().getName());
        return camel.isPresent() && snake.isPresent() ? Optional.empty() : camel.or(() -> snake);
    }

    /** The last one is what a parser would take. */
    private Optional<String> ofProtobuf(byte[] value) {
        int ours = field.orElseThrow().getNumber() << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
        Optional<String> found = Optional.empty();
        CodedInputStream in = CodedInputStream.newInstance(value);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == ours) {
                    found = Optional.of(in.readStringRequireUtf8());
                } else if (!in.skipField(tag)) {
                    break;
                }
            }
        } catch (IOException e) {
            // What precedes the error has been read.
        }
        return found;
    }
}
