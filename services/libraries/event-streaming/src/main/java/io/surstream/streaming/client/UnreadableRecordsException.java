package io.surstream.streaming.client;

import org.apache.kafka.common.KafkaException;

/** A record that a poll met is corrupt, or does not fit into memory. */
public final class UnreadableRecordsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnreadableRecordsException(Throwable cause) {
        super("a record on the topic is corrupt or does not fit into this process's memory", cause);
    }

    public static UnreadableRecordsException of(OutOfMemoryError error) {
        return new UnreadableRecordsException(error);
    }

    /** Itself when it is about anything else: the client has no specific type for an unreadable record. */
    public static RuntimeException of(KafkaException error) {
        return error.getClass() == KafkaException.class ? new UnreadableRecordsException(error) : error;
    }
}
