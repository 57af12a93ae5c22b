package io.surstream.gateway.view;

import io.surstream.gateway.jobs.JobStates;
import io.surstream.gateway.jobs.JobsInFlight;
import io.surstream.v1.Job;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.Cancellable;

/**
 * Enters the jobs of one partition that were there before its index: after an upgrade, a restore, or another number of partitions.
 * Goes through the copy of all jobs in small pieces, so that events and transactions do not wait. Used by one thread.
 */
final class IndexBuilder {

    private static final int PIECE = 2_000;

    private final JobCopies everyJob;
    private final JobIndex index;
    private final JobsInFlight.Share inFlight;
    private final Duration retention;
    private final int partition;
    private final int partitions;
    private String last;
    private Cancellable schedule;

    IndexBuilder(
            JobCopies everyJob,
            JobIndex index,
            JobsInFlight.Share inFlight,
            Duration retention,
            int partition,
            int partitions) {
        this.everyJob = everyJob;
        this.index = index;
        this.inFlight = inFlight;
        this.retention = retention;
        this.partition = partition;
        this.partitions = partitions;
    }

    /** @param running what calls {@link #goOn}, cancelled at the end */
    void runs(Cancellable running) {
        schedule = running;
    }

    void goOn(long nowMs) {
        int read = everyJob.read(last, PIECE, (id, job) -> {
            if (job != null && !id.equals(last) && isOwn(id)) {
                enter(job, nowMs);
            }
            last = id;
        });
        if (read < PIECE) {
            index.completed();
            schedule.cancel();
        }
    }

    private void enter(Job job, long nowMs) {
        long due = Math.max(nowMs, job.getUpdatedAtMs() + retention.toMillis());
        index.schedule(JobIndex.Task.EXPIRE, due, job.getJobId());
        if (!JobStates.ended(job) && job.getSubmittedAtMs() != 0) {
            index.takeOff(job.getJobId(), job.getSubmittedAtMs(), job.getUpdatedAtMs());
            inFlight.seen(job.getJobId(), job.getSubmittedAtMs(), job.getUpdatedAtMs());
        }
    }

    /** As Kafka's own partitioner places the key on job-events. */
    private boolean isOwn(String jobId) {
        return Utils.toPositive(Utils.murmur2(jobId.getBytes(StandardCharsets.UTF_8))) % partitions == partition;
    }
}
