package io.surstream.gateway.jobs;

import io.surstream.v1.Job;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jobs that this instance has published and its view has not shown yet, so that a job is visible from the answer to its
 * submission on. Thread-safe. An entry goes when the view knows the job, at the latest after a time.
 */
public final class PendingJobs implements JobUpdates {

    private final Map<String, Job> pending = new ConcurrentHashMap<>();
    private final Duration keep;
    private final Clock clock;

    public PendingJobs(Duration keep, Clock clock) {
        this.keep = keep;
        this.clock = clock;
    }

    /** @return the job that is already pending under this id, empty when this one took the place */
    public Optional<Job> add(Job job) {
        long oldest = clock.millis() - keep.toMillis();
        pending.values().removeIf(other -> other.getSubmittedAtMs() < oldest);
        return Optional.ofNullable(pending.putIfAbsent(job.getJobId(), job));
    }

    public Optional<Job> find(String jobId) {
        return Optional.ofNullable(pending.get(jobId));
    }

    public void remove(String jobId) {
        pending.remove(jobId);
    }

    public int count() {
        return pending.size();
    }

    @Override
    public void updated(Job job) {
        boolean submissionSeen = job.getSubmittedAtMs() != 0;
        if (submissionSeen) {
            pending.remove(job.getJobId());
        }
    }
}
