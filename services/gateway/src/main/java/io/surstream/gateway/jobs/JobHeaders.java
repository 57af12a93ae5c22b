package io.surstream.gateway.jobs;

import io.surstream.v1.Job;
import org.apache.kafka.common.header.Headers;

/** Describes a record of the topic jobs to whoever reads it. */
@FunctionalInterface
public interface JobHeaders {

    /**
     * @param fact headers of the record that changed the job
     * @return headers of the job's record
     */
    Headers describe(Job job, Headers fact);
}
