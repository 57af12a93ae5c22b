package io.surstream.streaming.deadletter;

import io.surstream.streaming.event.Outgoing;
import java.util.List;

/** Lets a service tell its readers that a job has failed when a record of it is dead-lettered. */
@FunctionalInterface
public interface DeadLetterListener {

    /**
     * Called before the letter is published, usually once; should not block. When it throws, the letter goes alone.
     *
     * @return events to publish together with the letter, usually one typed failure when the job id is readable
     */
    List<Outgoing> failureEvents(DeadLetter letter);

    /** Publishes nothing but the letter. */
    static DeadLetterListener silent() {
        return letter -> List.of();
    }
}
