package io.surstream.trainer.run;

import io.surstream.contract.failure.FailureType;
import io.surstream.storage.StorageException;
import io.surstream.streaming.tracing.LogContext;
import io.surstream.trainer.checkpoint.RunCheckpoints;
import io.surstream.trainer.lease.Heartbeat;
import io.surstream.trainer.lease.LeaseStore;
import io.surstream.trainer.lease.RunLease;
import io.surstream.trainer.lease.RunLeaseLostException;
import io.surstream.trainer.store.RunStore;
import io.surstream.trainer.train.RunControl;
import io.surstream.trainer.train.RunLeftException;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingRequested;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for open runs that nobody has and carries them, one at a time, on its own thread. */
final class RunScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunScheduler.class);

    private final RunContext context;
    private final RunStore runs;
    private final LeaseStore leases;
    private final Thread thread = new Thread(this::search, "trainer");

    private RunScheduler(RunContext context) {
        this.context = context;
        this.runs = new RunStore(context.objects());
        this.leases = new LeaseStore(
                context.objects(), context.trainer(), context.limits().leaseTimeout(), System::nanoTime);
    }

    static RunScheduler start(RunContext context) {
        RunScheduler scheduler = new RunScheduler(context);
        scheduler.thread.start();
        return scheduler;
    }

    boolean isLive() {
        return thread.isAlive();
    }

    private void search() {
        while (context.leaving().getCount() > 0) {
            try {
                // After a run the list is old.
                runs.openRuns().stream().anyMatch(this::carries);
            } catch (StorageException e) {
                LOG.warn("looking for runs: {}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("looking for runs failed", e);
            }
            rest();
        }
    }

    private boolean carries(TrainingRequested open) {
        String runId = open.getRunId();
        int fromStep = RunCheckpoints.latestStep(context.objects(), runId);
        Optional<RunLease> lease = leases.tryAcquire(runId, fromStep);
        if (lease.isEmpty()) {
            return false;
        }
        LogContext scope = context.scopes().apply(open);
        try (scope) {
            LOG.info("run {}: leased, epoch {}, step {}", runId, lease.get().epoch(), fromStep);
            work(open, lease.get(), fromStep, scope);
        }
        return true;
    }

    private void work(TrainingRequested open, RunLease lease, int fromStep, LogContext scope) {
        try {
            TrainingProgressed end = carry(open, lease, fromStep);
            if (end.hasFailure()) {
                scope.failed(end.getFailure().getType());
            }
            lease.release();
        } catch (RunLeaseLostException e) {
            LOG.warn(e.getMessage());
        } catch (RunLeftException e) {
            LOG.info("run {}: left, {}", lease.runId(), e.getMessage());
            lease.release();
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            LOG.error("run {}: this attempt failed, another one follows", lease.runId(), e);
            scope.failed(FailureType.INTERNAL.name());
            lease.abandon(e.toString());
        }
    }

    /** With a heartbeat that ends before anything is said about the lease. */
    private TrainingProgressed carry(TrainingRequested open, RunLease lease, int fromStep) {
        // The current step takes time too, and the lease is to be given back.
        Duration storePatience = context.limits().drain().dividedBy(2);
        RunControl control = new RunControl(lease, context.leaving(), storePatience);
        Heartbeat heartbeat = new Heartbeat(lease, context.limits().heartbeat(), () -> runs.findStop(lease.runId())
                .ifPresent(control::stop));
        try (RunExecution run = new RunExecution(open.getStart(), lease, control, context)) {
            return run.carry(fromStep);
        } finally {
            heartbeat.close();
        }
    }

    private void rest() {
        try {
            context.leaving().await(context.limits().poll().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The active run is kept and handed back; {@code leaving} has been counted down before. */
    @Override
    public void close() {
        try {
            thread.join(context.limits().drain().toMillis());
            if (thread.isAlive()) {
                LOG.warn("the active run did not checkpoint within the drain timeout; abandoning it");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
