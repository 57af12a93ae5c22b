package io.surstream.gateway.jobs;

import io.surstream.v1.Job;

/** Hears of every change of a job as the view sees it; called on Kafka Streams' threads, must not block. */
@FunctionalInterface
public interface JobUpdates {

    void updated(Job job);
}
