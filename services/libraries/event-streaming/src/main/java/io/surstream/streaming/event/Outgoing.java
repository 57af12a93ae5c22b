package io.surstream.streaming.event;

import com.google.protobuf.Message;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.TraceContext;
import java.util.Objects;
import java.util.Optional;

/**
 * One event to publish.
 *
 * @param key the job id
 * @param event of the type that the topic carries
 * @param cause the span that caused the event; empty to start a trace
 */
public record Outgoing(Topic topic, String key, Message event, Optional<TraceContext> cause) {

    public Outgoing {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(cause, "cause");
        if (!topic.event().map(event.getDescriptorForType()::equals).orElse(false)) {
            throw new IllegalArgumentException("topic " + topic.shortName() + " does not carry "
                    + event.getDescriptorForType().getFullName());
        }
    }

    public Outgoing(Topic topic, String key, Message event, TraceContext cause) {
        this(topic, key, event, Optional.of(cause));
    }

    /** An event caused by this thread's current work, or one that starts its own trace. */
    public static Outgoing of(Topic topic, String key, Message event) {
        return new Outgoing(topic, key, event, TraceContext.current());
    }
}
