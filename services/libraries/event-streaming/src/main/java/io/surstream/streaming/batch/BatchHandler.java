package io.surstream.streaming.batch;

import com.google.protobuf.Message;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.event.PermanentEventException;
import java.util.List;

/**
 * Turns a batch of events into events. Must be free of side effects that hurt when repeated: a batch is handled again after
 * a failure, and its events one by one when it keeps failing.
 */
@FunctionalInterface
public interface BatchHandler<T extends Message> {

    /**
     * Called by one thread at a time.
     *
     * @param batch 1 or more, in the order of their partitions
     * @return events to publish in the transaction that commits the batch
     * @throws RejectedEventsException when some events cannot be processed; it carries the results of the others
     * @throws PermanentEventException when a retry cannot help
     * @throws Exception anything else is tried again
     */
    List<Outgoing> handle(List<Incoming<T>> batch) throws Exception;
}
