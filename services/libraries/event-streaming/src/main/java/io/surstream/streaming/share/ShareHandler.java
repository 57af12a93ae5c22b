package io.surstream.streaming.share;

import com.google.protobuf.Message;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.PermanentEventException;

/**
 * Works on one event and publishes its results itself, waiting until they have arrived. Must be idempotent: after a crash or a
 * lost lease the same event is delivered again, perhaps while the first attempt still runs.
 */
@FunctionalInterface
public interface ShareHandler<T extends Message> {

    /**
     * Called by as many threads as the worker has threads.
     *
     * @param lock look at it between steps of long work
     * @throws AcquisitionLockLostException from {@link AcquisitionLock#ensureHeld()}: the event goes to another worker
     * @throws PermanentEventException when a retry cannot help
     * @throws Exception anything else is tried again
     */
    void handle(Incoming<T> incoming, AcquisitionLock lock) throws Exception;
}
