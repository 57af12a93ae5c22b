package io.surstream.trainer;

import io.surstream.storage.StorageException;
import io.surstream.streaming.tracing.WorkScope;
import io.surstream.trainer.checkpoint.RunCheckpoints;
import io.surstream.trainer.claim.Claim;
import io.surstream.trainer.claim.ClaimLostException;
import io.surstream.trainer.claim.Claims;
import io.surstream.trainer.claim.Heartbeat;
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

/** Looks for open runs that nobody has and carries them, one at a time, on a thread of its own. */
final class RunSearch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunSearch.class);

    private final RunTools tools;
    private final RunStore runs;
    private final Claims claims;
    private final Thread thread = new Thread(this::search, "trainer");

    private RunSearch(RunTools tools) {
        this.tools = tools;
        this.runs = new RunStore(tools.objects());
        this.claims =
                new Claims(tools.objects(), tools.trainer(), tools.limits().claimTimeout(), System::nanoTime);
    }

    static RunSearch start(RunTools tools) {
        RunSearch search = new RunSearch(tools);
        search.thread.start();
        return search;
    }

    boolean isLive() {
        return thread.isAlive();
    }

    private void search() {
        while (tools.leaving().getCount() > 0) {
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
        int fromStep = RunCheckpoints.latestStep(tools.objects(), runId);
        Optional<Claim> claim = claims.tryClaim(runId, fromStep);
        if (claim.isEmpty()) {
            return false;
        }
        WorkScope scope = tools.scopes().apply(open);
        try (scope) {
            LOG.info("run {}: claimed, epoch {}, step {}", runId, claim.get().epoch(), fromStep);
            work(open, claim.get(), fromStep, scope);
        }
        return true;
    }

    private void work(TrainingRequested open, Claim claim, int fromStep, WorkScope scope) {
        try {
            TrainingProgressed end = carry(open, claim, fromStep);
            if (end.hasFailure()) {
                scope.failed(end.getFailure().getType());
            }
            claim.release();
        } catch (ClaimLostException e) {
            LOG.warn(e.getMessage());
        } catch (RunLeftException e) {
            LOG.info("run {}: left, {}", claim.runId(), e.getMessage());
            claim.release();
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            LOG.error("run {}: this attempt failed, another one follows", claim.runId(), e);
            scope.failed("INTERNAL");
            claim.abandon(e.toString());
        }
    }

    /** With a heartbeat that ends before anything is said about the claim. */
    private TrainingProgressed carry(TrainingRequested open, Claim claim, int fromStep) {
        // The step in hand takes its time too, and the claim is to be given back.
        Duration storePatience = tools.limits().drain().dividedBy(2);
        RunControl control = new RunControl(claim, tools.leaving(), storePatience);
        Heartbeat heartbeat = new Heartbeat(claim, tools.limits().heartbeat(), () -> runs.findStop(claim.runId())
                .ifPresent(control::stop));
        try (ClaimedRun run = new ClaimedRun(open.getStart(), claim, control, tools)) {
            return run.carry(fromStep);
        } finally {
            heartbeat.close();
        }
    }

    private void rest() {
        try {
            tools.leaving().await(tools.limits().poll().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run in hand is kept and given back; {@code leaving} has been counted down before. */
    @Override
    public void close() {
        try {
            thread.join(tools.limits().drain().toMillis());
            if (thread.isAlive()) {
                LOG.warn("the run in hand is left as it stands: not kept within the drain time");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
