package io.surstream.streaming.loop;

import io.surstream.streaming.client.RecordWriter;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.event.Outgoing;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener that fails, or says too much, must not keep its dead letter from being published. */
final class GuardedListener implements DeadLetterListener {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedListener.class);

    private final DeadLetterListener listener;

    GuardedListener(DeadLetterListener listener) {
        this.listener = listener;
    }

    @Override
    public List<Outgoing> failureEvents(DeadLetter letter) {
        try {
            List<Outgoing> events = listener.failureEvents(letter);
            events.forEach(RecordWriter::requireRoom);
            return events;
        } catch (RuntimeException e) {
            LOG.error("the dead letter {} goes without its failure events", letter, e);
            return List.of();
        }
    }
}
