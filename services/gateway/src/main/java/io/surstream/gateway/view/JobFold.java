package io.surstream.gateway.view;

import io.surstream.gateway.jobs.JobChange;
import io.surstream.gateway.jobs.JobReducer;
import io.surstream.gateway.jobs.JobStates;
import io.surstream.gateway.jobs.JobsInFlight;
import io.surstream.v1.Job;
import io.surstream.v1.JobEvent;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Folds the events of its partition into one job each, notifies the listeners immediately and the topic at commit.
 * Owned by one stream thread.
 */
final class JobFold implements Processor<String, byte[], String, Job> {

    private static final Duration STALLED_SWEEP = Duration.ofMinutes(1);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration INDEXING = Duration.ofMillis(50);

    private final JobTopology.Parts parts;
    private final int partitions;
    private ProcessorContext<String, Job> context;
    private KeyValueStore<String, Job> jobs;
    private JobCopies everyJob;
    private JobIndex index;
    private JobsInFlight.Share inFlight;

    /** @param partitions of job-events */
    JobFold(JobTopology.Parts parts, int partitions) {
        this.parts = parts;
        this.partitions = partitions;
    }

    @Override
    public void init(ProcessorContext<String, Job> processorContext) {
        context = processorContext;
        jobs = context.getStateStore(JobTopology.STORE);
        everyJob = new JobCopies(context.<KeyValueStore<String, byte[]>>getStateStore(JobTopology.GLOBAL_STORE));
        index = new JobIndex(context.getStateStore(JobTopology.INDEX));
        inFlight = parts.inFlight().open();
        index.flights(inFlight::seen);
        JobRetention retention = new JobRetention(jobs, everyJob, index, parts.retention(), this::remove);
        context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, retention::sweep);
        context.schedule(STALLED_SWEEP, PunctuationType.WALL_CLOCK_TIME, inFlight::dropStalled);
        if (!index.isComplete()) {
            IndexBuilder builder = new IndexBuilder(
                    everyJob,
                    index,
                    inFlight,
                    parts.retention(),
                    context.taskId().partition(),
                    partitions);
            builder.runs(context.schedule(INDEXING, PunctuationType.WALL_CLOCK_TIME, builder::goOn));
        }
    }

    @Override
    public void process(Record<String, byte[]> record) {
        String topic = context.recordMetadata().orElseThrow().topic();
        parts.decoder()
                .decode(topic, record)
                .filter(jobEvent -> jobEvent.getJobId().equals(record.key()))
                .ifPresent(jobEvent -> fold(jobEvent, record));
    }

    private void fold(JobEvent jobEvent, Record<String, byte[]> record) {
        Optional<JobChange> event = JobChange.of(jobEvent);
        if (event.isEmpty()) {
            return;
        }
        Job own = jobs.get(jobEvent.getJobId());
        Job current = own != null ? own : everyJob.get(jobEvent.getJobId());
        Job next = JobReducer.apply(current, event.get());
        if (next == current) {
            return;
        }
        if (jobEvent.getShortened()) {
            next = next.toBuilder().setShortened(true).build();
        }
        jobs.put(next.getJobId(), next);
        long now = context.currentSystemTimeMs();
        plan(own, current, next, now);
        count(current, next, now);
        parts.meters().changed(current, next, jobEvent.getAtMs());
        context.forward(new Record<>(
                next.getJobId(), next, record.timestamp(), parts.traces().headers(next, record.headers())));
        parts.updates().updated(next);
    }

    private void plan(Job own, Job current, Job next, long now) {
        if (current == null) {
            index.schedule(JobIndex.Task.EXPIRE, now + parts.retention().toMillis(), next.getJobId());
        }
        if (JobStates.ended(next) && (own == null || !JobStates.ended(own))) {
            index.schedule(JobIndex.Task.EVICT, now + JobRetention.KEPT_AFTER_END.toMillis(), next.getJobId());
        }
    }

    /** A job whose submission nobody saw holds no place: foreign events cannot fill the view. */
    private void count(Job current, Job next, long now) {
        String id = next.getJobId();
        if (JobStates.ended(next)) {
            inFlight.forget(id);
            index.land(id);
        } else if (next.getSubmittedAtMs() != 0) {
            inFlight.seen(id, next.getSubmittedAtMs(), now);
            if (current == null || current.getState() != next.getState() || current.getSubmittedAtMs() == 0) {
                index.takeOff(id, next.getSubmittedAtMs(), now);
            }
        }
    }

    private void remove(String jobId, long nowMs) {
        jobs.delete(jobId);
        index.land(jobId);
        inFlight.forget(jobId);
        context.forward(new Record<>(jobId, null, nowMs));
    }

    @Override
    public void close() {
        if (inFlight != null) {
            inFlight.close();
        }
    }
}
