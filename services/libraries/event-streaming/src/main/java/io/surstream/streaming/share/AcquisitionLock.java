package io.surstream.streaming.share;

/** Whether the current event is still ours. Thread-safe. */
public final class AcquisitionLock {

    private volatile boolean held = true;

    /** Held until it is taken away. */
    public AcquisitionLock() {}

    /** False after the worker's drain time has passed, or when the lock could not be renewed. */
    public boolean isHeld() {
        return held;
    }

    /** @throws AcquisitionLockLostException when it is not */
    public void ensureHeld() {
        if (!held) {
            throw new AcquisitionLockLostException();
        }
    }

    /** From now on the event belongs to another worker. */
    public void lose() {
        held = false;
    }
}
