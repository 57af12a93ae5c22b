package io.surstream.gateway.jobs;

import io.surstream.contract.RequestDigest;
import io.surstream.v1.ImageProgressed;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.JobEvent;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import java.util.Optional;

/** What one event says about one job, with the time of its record in milliseconds since the epoch. */
public sealed interface JobChange {

    String jobId();

    long atMs();

    /** @return {@link RequestDigest} of the request that the event belongs to; empty where it does not say */
    default String requestSha256() {
        return "";
    }

    /** Whether it tells that the request failed: a refused one does not decide what the job asks for. */
    default boolean isFailure() {
        return false;
    }

    /** @return empty when the event holds none that this version knows */
    static Optional<JobChange> of(JobEvent jobEvent) {
        long atMs = jobEvent.getAtMs();
        return Optional.ofNullable(
                switch (jobEvent.getEventCase()) {
                    case SUBMITTED -> new Submitted(jobEvent.getSubmitted(), jobEvent.getRequestSha256(), atMs);
                    case ENCODED -> new Encoded(jobEvent.getEncoded(), atMs);
                    case CANCELLED -> new Cancelled(jobEvent.getCancelled(), atMs);
                    case PROGRESSED -> new Progressed(jobEvent.getProgressed(), atMs);
                    case SAMPLED -> new Sampled(jobEvent.getSampled(), atMs);
                    case PURGED -> new Purged(jobEvent.getJobId(), atMs);
                    case EVENT_NOT_SET -> null;
                });
    }

    /** @param requestSha256 {@link RequestDigest} of the submission as it was published */
    record Submitted(PromptSubmitted event, String requestSha256, long atMs) implements JobChange {
        public Submitted(PromptSubmitted event, long atMs) {
            this(event, RequestDigest.of(event), atMs);
        }

        @Override
        public String jobId() {
            return event.getJobId();
        }
    }

    record Encoded(PromptEncoded event, long atMs) implements JobChange {
        @Override
        public String jobId() {
            return event.getJobId();
        }

        @Override
        public String requestSha256() {
            return event.getRequestSha256();
        }
    }

    record Cancelled(PromptCancelled event, long atMs) implements JobChange {
        @Override
        public String jobId() {
            return event.getJobId();
        }
    }

    record Progressed(ImageProgressed event, long atMs) implements JobChange {
        @Override
        public String jobId() {
            return event.getJobId();
        }
    }

    record Sampled(ImageSampled event, long atMs) implements JobChange {
        @Override
        public String jobId() {
            return event.getJobId();
        }

        @Override
        public String requestSha256() {
            return event.getRequestSha256();
        }

        @Override
        public boolean isFailure() {
            return event.hasFailure();
        }
    }

    record Purged(String jobId, long atMs) implements JobChange {}
}
