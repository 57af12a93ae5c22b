package io.surstream.gateway.jobs;

import io.surstream.v1.Job;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Jobs that this instance has published and its view may not show yet, so that a job is visible from the answer to its
 * submission on. Thread-safe. An entry goes when the copy of all partitions has the job, at the latest after a time: this instance's
 * partitions may have it earlier, and cannot be asked while they move to another instance.
 */
public final class PendingJobs implements JobUpdates {

    /** @param counted whether one of this instance's partitions has the job, and so counts it */
    private record Entry(Job job, boolean counted) {}

    private final Map<String, Entry> pending = new ConcurrentHashMap<>();
    private final Duration keep;
    private final Clock clock;

    public PendingJobs(Duration keep, Clock clock) {
        this.keep = keep;
        this.clock = clock;
    }

    /** @return the job that is already pending under this id, empty when this one took the place */
    public Optional<Job> add(Job job) {
        long oldest = clock.millis() - keep.toMillis();
        pending.values().removeIf(other -> other.job().getSubmittedAtMs() < oldest);
        return Optional.ofNullable(pending.putIfAbsent(job.getJobId(), new Entry(job, false)))
                .map(Entry::job);
    }

    public Optional<Job> find(String jobId) {
        return Optional.ofNullable(pending.get(jobId)).map(Entry::job);
    }

    public void remove(String jobId) {
        pending.remove(jobId);
    }

    /** How many the view does not count yet. */
    public int count() {
        return (int) pending.values().stream().filter(entry -> !entry.counted()).count();
    }

    @Override
    public void updated(Job job) {
        if (isSubmissionSeen(job)) {
            pending.computeIfPresent(job.getJobId(), (id, entry) -> new Entry(entry.job(), true));
        }
    }

    @Override
    public void copied(Job job) {
        if (isSubmissionSeen(job)) {
            pending.remove(job.getJobId());
        }
    }

    private static boolean isSubmissionSeen(Job job) {
        return job.getSubmittedAtMs() != 0;
    }
}
