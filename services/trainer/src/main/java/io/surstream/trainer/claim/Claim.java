package io.surstream.trainer.claim;

import io.surstream.storage.ObjectStore;
import io.surstream.trainer.store.RunKeys;

/** One trainer's hold on one run. Thread-safe: one thread beats, another works. */
public final class Claim {
    private static final String JSON = "application/json";

    private final ObjectStore objects;
    private final String runId;
    private final int epoch;
    private ClaimNote note;
    private volatile boolean held = true;

    Claim(ObjectStore objects, String runId, int epoch, ClaimNote note) {
        this.objects = objects;
        this.runId = runId;
        this.epoch = epoch;
        this.note = note;
    }

    public String runId() {
        return runId;
    }

    /** 1 for the run's first owner; rises with each. */
    public int epoch() {
        return epoch;
    }

    /** False once another trainer has been seen to have the run, or it was released. */
    public boolean isHeld() {
        return held;
    }

    /** Shows that the owner lives, and looks whether it still is the owner. */
    public synchronized void beat() {
        if (held) {
            note = note.nextBeat();
            objects.put(RunKeys.claim(runId, epoch), note.toJson(), JSON);
            ensureNewest(objects);
        }
    }

    /**
     * Asks the store, for what must not be done by two.
     *
     * @param patient the store as the asker knows it, which may wait for it
     * @throws ClaimLostException when another trainer has the run
     */
    public void verify(ObjectStore patient) {
        ensureNewest(patient);
        ensureHeld();
    }

    /** @throws ClaimLostException when another trainer is known to have the run */
    public void ensureHeld() {
        if (!held) {
            throw new ClaimLostException(runId, epoch);
        }
    }

    private void ensureNewest(ObjectStore objects) {
        if (Claims.newestEpoch(objects, runId) != epoch) {
            held = false;
        }
    }

    /** Gives the run back; whoever takes it begins at its last checkpoint. */
    public void release() {
        leave(true, "");
    }

    /** Gives the run back after an error: it counts as an attempt, and the next one waits for the time-out. */
    public void abandon(String error) {
        leave(false, error);
    }

    private synchronized void leave(boolean inGoodOrder, String error) {
        if (held) {
            held = false;
            objects.put(
                    RunKeys.claim(runId, epoch),
                    note.released(inGoodOrder, error).toJson(),
                    JSON);
        }
    }
}
