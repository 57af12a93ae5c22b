package io.surstream.streaming;

import com.google.protobuf.Message;
import java.util.Objects;

/**
 * One event to publish.
 *
 * @param key the job id
 * @param event of the type that the topic carries
 */
public record Outgoing(Topic topic, String key, Message event, TraceContext trace) {

    public Outgoing {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(trace, "trace");
        if (!topic.event().map(event.getDescriptorForType()::equals).orElse(false)) {
            throw new IllegalArgumentException("topic " + topic.shortName() + " does not carry "
                    + event.getDescriptorForType().getFullName());
        }
    }

    /** An event that starts a trace of its own. */
    public static Outgoing of(Topic topic, String key, Message event) {
        return new Outgoing(topic, key, event, TraceContext.create());
    }
}
