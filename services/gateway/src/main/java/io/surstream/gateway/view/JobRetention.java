package io.surstream.gateway.view;

import io.surstream.gateway.jobs.JobStates;
import io.surstream.v1.Job;
import java.time.Duration;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Lets go of jobs when their time has come: of the fold's own record some time after a job's end, once the copy of all jobs has it, and
 * of the job itself after the retention. Reads what is due and nothing else. Used by one thread.
 */
final class JobRetention {

    /** Long enough for events that come late, and for copies that lag. */
    static final Duration KEPT_AFTER_END = Duration.ofMinutes(10);

    /** So that a sweep never holds up events or a transaction. */
    private static final int MOST = 1_000;

    private final KeyValueStore<String, Job> jobs;
    private final JobCopies everyJob;
    private final JobIndex index;
    private final Duration retention;
    private final Removal removal;

    /** Ends a job's presence in the view. */
    @FunctionalInterface
    interface Removal {
        void remove(String jobId, long nowMs);
    }

    JobRetention(
            KeyValueStore<String, Job> jobs, JobCopies everyJob, JobIndex index, Duration retention, Removal removal) {
        this.jobs = jobs;
        this.everyJob = everyJob;
        this.index = index;
        this.retention = retention;
        this.removal = removal;
    }

    void sweep(long nowMs) {
        for (JobIndex.Due due : index.due(JobIndex.Task.EVICT, nowMs, MOST)) {
            evict(due.jobId(), nowMs);
            index.done(due);
        }
        for (JobIndex.Due due : index.due(JobIndex.Task.EXPIRE, nowMs, MOST)) {
            expire(due.jobId(), nowMs);
            index.done(due);
        }
    }

    private void evict(String jobId, long nowMs) {
        Job own = jobs.get(jobId);
        if (own == null || !JobStates.ended(own)) {
            return;
        }
        if (own.equals(everyJob.get(jobId))) {
            jobs.delete(jobId);
        } else {
            index.schedule(JobIndex.Task.EVICT, nowMs + KEPT_AFTER_END.toMillis(), jobId);
        }
    }

    private void expire(String jobId, long nowMs) {
        Job own = jobs.get(jobId);
        Job job = own != null ? own : everyJob.get(jobId);
        if (job == null) {
            return;
        }
        long due = job.getUpdatedAtMs() + retention.toMillis();
        if (due >= nowMs) {
            index.schedule(JobIndex.Task.EXPIRE, due + 1, jobId);
        } else {
            removal.remove(jobId, nowMs);
        }
    }
}
