package io.surstream.gateway.jobs;

import io.surstream.v1.Job;
import java.util.Optional;

/** What is known of a job, asked by id. Thread-safe. */
public interface JobView {

    /** @return the latest snapshot this instance has; empty for a job it has not heard of */
    Optional<Job> find(String jobId);

    /** @return jobs that have not ended, as far as this instance sees them */
    int inFlight();
}
