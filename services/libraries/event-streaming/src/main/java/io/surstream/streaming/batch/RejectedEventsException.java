package io.surstream.streaming.batch;

import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.event.PermanentEventException;
import java.util.List;
import java.util.Map;

/** Thrown by a batch handler that could use some events of a batch and not others; nothing has to be handled twice. */
public final class RejectedEventsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Outgoing> events;
    private final transient Map<Incoming<?>, ? extends PermanentEventException> rejected;

    /**
     * @param events what the usable ones became
     * @param rejected the others, each with its reason; they are dead-lettered
     */
    public RejectedEventsException(
            List<Outgoing> events, Map<Incoming<?>, ? extends PermanentEventException> rejected) {
        super(rejected.size() + " events were rejected");
        this.events = List.copyOf(events);
        this.rejected = Map.copyOf(rejected);
    }

    /** What the usable events became. */
    public List<Outgoing> events() {
        return events;
    }

    /** Null when the event was not rejected. */
    public PermanentEventException reason(Incoming<?> incoming) {
        return rejected.get(incoming);
    }
}
