package io.surstream.trainer.train;

import io.surstream.trainer.lease.RunLease;
import io.surstream.trainer.store.RetryingObjectStore;
import io.surstream.v1.TrainingRequested;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What may interrupt a run: another owner, a wish to stop it, this process's own end. Thread-safe. */
public final class RunControl implements RetryingObjectStore.Patience {
    private final RunLease lease;
    private final CountDownLatch leaving;
    private final Duration storePatience;
    private volatile TrainingRequested stop;
    private volatile long leaveBy = Long.MAX_VALUE;

    /**
     * @param leaving counted down when this process is to end
     * @param storePatience how long a run that is left may still wait for the store
     */
    public RunControl(RunLease lease, CountDownLatch leaving, Duration storePatience) {
        this.lease = lease;
        this.leaving = leaving;
        this.storePatience = storePatience;
    }

    /** A stop was requested. */
    public void stop(TrainingRequested wish) {
        stop = wish;
    }

    /** Null unless a stop was requested. */
    public TrainingRequested wishedStop() {
        return stop;
    }

    public boolean isLeaving() {
        return leaving.getCount() == 0;
    }

    /**
     * Between two pieces of work.
     *
     * @throws io.surstream.trainer.lease.RunLeaseLostException when another trainer has the run
     * @throws RunLeftException when the run is to stop, or this process is to end
     */
    public void check() {
        lease.ensureHeld();
        if (stop != null || isLeaving()) {
            throw new RunLeftException(stop != null ? "the run is to stop" : "the trainer is to end");
        }
    }

    /** Waits unless the lease is lost, or this process has waited for the store for too long while it ends. */
    @Override
    public void pause(Duration moment) {
        lease.ensureHeld();
        try {
            if (!isLeaving()) {
                leaving.await(moment.toMillis(), TimeUnit.MILLISECONDS);
                return;
            }
            if (leaveBy == Long.MAX_VALUE) {
                leaveBy = System.nanoTime() + storePatience.toNanos();
            }
            if (System.nanoTime() >= leaveBy) {
                throw new RunLeftException("the trainer ends and cannot wait for the store any longer");
            }
            TimeUnit.MILLISECONDS.sleep(moment.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunLeftException("interrupted");
        }
    }
}
