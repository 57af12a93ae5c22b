package io.surstream.streaming.loop;

import com.google.protobuf.Message;
import io.surstream.streaming.codec.EventCodec;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.topic.Topic;

/**
 * What a worker reads, and its listener for failures.
 *
 * @param name in logs, metrics, thread names and dead letters
 * @param topic to read
 * @param codec of the topic's event
 * @param listener receives every dead letter
 */
public record WorkerDefinition<T extends Message>(
        String name, Topic topic, EventCodec<T> codec, DeadLetterListener listener) {

    public WorkerDefinition {
        listener = new GuardedListener(listener);
    }

    /**
     * @param prototype any instance of the topic's event, usually the default one
     */
    public static <T extends Message> WorkerDefinition<T> of(
            String name, Topic topic, T prototype, DeadLetterListener listener) {
        return new WorkerDefinition<>(name, topic, EventCodec.of(topic, prototype), listener);
    }
}
