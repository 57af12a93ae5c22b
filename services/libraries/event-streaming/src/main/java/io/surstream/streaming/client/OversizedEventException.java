package io.surstream.streaming.client;

import io.surstream.contract.failure.FailureType;
import io.surstream.streaming.event.PermanentEventException;
import io.surstream.streaming.topic.Topic;

/** An outgoing event is larger than its topic takes; put the bulk into object storage and refer to it. */
public final class OversizedEventException extends PermanentEventException {
    private static final long serialVersionUID = 1L;

    OversizedEventException(Topic topic, String key, int bytes, int limit) {
        super(
                FailureType.EVENT_TOO_LARGE,
                "the event for " + topic.shortName() + " with key " + key + " may have " + limit + " bytes but has "
                        + bytes + "; put the bulk into object storage and refer to it");
    }
}
