package io.surstream.gateway.jobs;

import io.surstream.v1.ImageProgressed;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;

/** One fact about one job, with the time of its record in milliseconds since the epoch. */
public sealed interface JobEvent {

    String jobId();

    long atMs();

    record Submitted(PromptSubmitted event, long atMs) implements JobEvent {
        @Override
        public String jobId() {
            return event.getJobId();
        }
    }

    record Encoded(PromptEncoded event, long atMs) implements JobEvent {
        @Override
        public String jobId() {
            return event.getJobId();
        }
    }

    record Cancelled(PromptCancelled event, long atMs) implements JobEvent {
        @Override
        public String jobId() {
            return event.getJobId();
        }
    }

    record Progressed(ImageProgressed event, long atMs) implements JobEvent {
        @Override
        public String jobId() {
            return event.getJobId();
        }
    }

    record Sampled(ImageSampled event, long atMs) implements JobEvent {
        @Override
        public String jobId() {
            return event.getJobId();
        }
    }
}
