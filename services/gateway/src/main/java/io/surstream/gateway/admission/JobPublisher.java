package io.surstream.gateway.admission;

import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptSubmitted;
import java.util.Optional;

/** Puts a request on its topic. Returns when the broker has it; thread-safe. */
public interface JobPublisher {

    /**
     * @param traceparent W3C trace context of the request, when it has one
     * @throws PublishException when the broker does not take the event in time
     */
    void submitted(PromptSubmitted event, Optional<String> traceparent);

    /** @throws PublishException when the broker does not take the event in time */
    void cancelled(PromptCancelled event);

    /**
     * Removes a job from the view of every gateway.
     *
     * @throws PublishException when the broker does not take the event in time
     */
    void purged(String jobId, long atMs);

    /** The broker did not confirm an event; it may have it nevertheless. */
    final class PublishException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public PublishException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
