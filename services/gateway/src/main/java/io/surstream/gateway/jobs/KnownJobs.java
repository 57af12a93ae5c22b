package io.surstream.gateway.jobs;

import io.surstream.v1.Job;
import java.util.Optional;

/** The view and, before it has caught up, what this instance has just published. */
public final class KnownJobs implements JobView {

    private final JobView view;
    private final PendingJobs pending;

    public KnownJobs(JobView view, PendingJobs pending) {
        this.view = view;
        this.pending = pending;
    }

    @Override
    public Optional<Job> find(String jobId) {
        return seen(jobId, pending.find(jobId));
    }

    /** The view's job, unless what is waiting will take its place. */
    private Optional<Job> seen(String jobId, Optional<Job> waiting) {
        return view.find(jobId)
                .filter(seen -> waiting.isEmpty() || !EarlyFailureRules.giveWay(seen, waiting.get()))
                .or(() -> waiting);
    }

    @Override
    public int inFlight() {
        return view.inFlight() + pending.count();
    }

    /**
     * Claims an id for a job that is about to be published.
     *
     * @return the job that already has the id; empty when the claim holds
     * @throws ViewNotReadyException when the view cannot be asked; nothing is claimed then
     */
    public Optional<Job> claim(Job job) {
        Optional<Job> waiting = pending.add(job);
        if (waiting.isPresent()) {
            return seen(job.getJobId(), waiting);
        }
        Optional<Job> known = Optional.of(job);
        try {
            known = view.find(job.getJobId()).filter(seen -> !EarlyFailureRules.giveWay(seen, job));
            return known;
        } finally {
            if (known.isPresent()) {
                pending.remove(job.getJobId());
            }
        }
    }

    /** Gives a claim back whose job was not published. */
    public void release(Job job) {
        pending.remove(job.getJobId());
    }
}
