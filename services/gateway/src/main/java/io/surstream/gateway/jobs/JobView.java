package io.surstream.gateway.jobs;

import io.surstream.v1.Job;
import java.util.Optional;

/** What is known of a job, asked by id. Thread-safe. */
public interface JobView {

    /** @return the latest snapshot this instance has; empty for an unknown job */
    Optional<Job> find(String jobId);

    /** @return jobs that have not ended, that this instance sees */
    int inFlight();
}
