package io.surstream.gateway.jobs;

import io.surstream.v1.Job;

/** Receives every change of a job as the view sees it; called on Kafka Streams' threads, must not block. */
@FunctionalInterface
public interface JobUpdates {

    /** One of this instance's partitions shows the change, or the copy of all partitions. */
    void updated(Job job);

    /** The copy of all partitions shows the change, which can be asked whatever partitions this instance has. */
    default void copied(Job job) {}
}
