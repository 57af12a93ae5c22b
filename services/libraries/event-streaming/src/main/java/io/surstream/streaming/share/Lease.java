package io.surstream.streaming.share;

/** Whether the event in hand is still ours. Thread-safe. */
public final class Lease {

    private volatile boolean held = true;

    /** Held until somebody takes it away. */
    public Lease() {}

    /** False after the worker's drain time has passed, or when the lock could not be renewed. */
    public boolean isHeld() {
        return held;
    }

    /** @throws LeaseLostException when it is not */
    public void ensureHeld() {
        if (!held) {
            throw new LeaseLostException();
        }
    }

    /** From now on the event belongs to somebody else. */
    public void lose() {
        held = false;
    }
}
