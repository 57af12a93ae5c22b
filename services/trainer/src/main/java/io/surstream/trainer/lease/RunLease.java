package io.surstream.trainer.lease;

import io.surstream.storage.ObjectStore;
import io.surstream.trainer.store.RunKeys;
import java.util.function.UnaryOperator;

/** One trainer's hold on one run. Thread-safe: one thread beats, another works. */
public final class RunLease {
    private static final String JSON = "application/json";

    private final ObjectStore objects;
    private final String runId;
    private final int epoch;
    private LeaseRecord record;
    private volatile int announced;
    private volatile boolean held = true;

    /** @param announced step of the newest checkpoint that the former owner announced for certain, or 0 */
    RunLease(ObjectStore objects, String runId, int epoch, LeaseRecord record, int announced) {
        this.announced = announced;
        this.objects = objects;
        this.runId = runId;
        this.epoch = epoch;
        this.record = record;
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
            record = record.nextBeat();
            objects.put(RunKeys.lease(runId, epoch), record.toJson(), JSON);
            ensureNewest(objects);
        }
    }

    /**
     * Asks the store, for what must not be done by two.
     *
     * @param patient the store as the asker knows it, which may wait for it
     * @throws RunLeaseLostException when another trainer has the run
     */
    public void verify(ObjectStore patient) {
        ensureNewest(patient);
        ensureHeld();
    }

    /** @throws RunLeaseLostException when another trainer is known to have the run */
    public void ensureHeld() {
        if (!held) {
            throw new RunLeaseLostException(runId, epoch);
        }
    }

    private void ensureNewest(ObjectStore objects) {
        if (LeaseStore.newestEpoch(objects, runId) != epoch) {
            held = false;
        }
    }

    /** Whether the cluster is known to have the run's checkpoint of this step. */
    public boolean hasAnnounced(int step) {
        return step <= announced;
    }

    /** The cluster has the run's checkpoints up to this step. */
    public void announced(int step) {
        announced = step;
    }

    /** Gives the run back; the next owner starts at its last checkpoint. */
    public void release() {
        leave(record -> record.released(announced));
    }

    /** Gives the run back after an error: it counts as an attempt, and the next one waits for the time-out. */
    public void abandon(String error) {
        leave(record -> record.abandoned(error));
    }

    private synchronized void leave(UnaryOperator<LeaseRecord> saying) {
        if (held) {
            held = false;
            objects.put(RunKeys.lease(runId, epoch), saying.apply(record).toJson(), JSON);
        }
    }
}
