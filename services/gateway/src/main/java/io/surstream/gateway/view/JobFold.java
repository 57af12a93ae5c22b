package io.surstream.gateway.view;

import io.surstream.gateway.jobs.JobEvent;
import io.surstream.gateway.jobs.JobReducer;
import io.surstream.gateway.jobs.JobsInFlight;
import io.surstream.v1.Job;
import io.surstream.v1.JobFact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Folds the facts of its partition into one job each, tells the listeners at once and the topic at commit. Removes jobs
 * that are older than the retention. Owned by one stream thread.
 */
final class JobFold implements Processor<String, byte[], String, Job> {

    private static final Duration LONGEST_SWEEP = Duration.ofMinutes(1);

    private final JobTopology.Parts parts;
    private ProcessorContext<String, Job> context;
    private KeyValueStore<String, Job> jobs;
    private KeyValueStore<String, Job> everyJob;
    private JobsInFlight.Share inFlight;

    JobFold(JobTopology.Parts parts) {
        this.parts = parts;
    }

    @Override
    public void init(ProcessorContext<String, Job> processorContext) {
        context = processorContext;
        jobs = context.getStateStore(JobTopology.STORE);
        everyJob = context.getStateStore(JobTopology.GLOBAL_STORE);
        inFlight = parts.inFlight().open();
        try (KeyValueIterator<String, Job> restored = jobs.all()) {
            restored.forEachRemaining(entry -> inFlight.updated(entry.value));
        }
        Duration sweep = parts.retention().compareTo(LONGEST_SWEEP) < 0 ? parts.retention() : LONGEST_SWEEP;
        context.schedule(sweep, PunctuationType.WALL_CLOCK_TIME, this::sweep);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        String topic = context.recordMetadata().orElseThrow().topic();
        parts.decoder()
                .decode(topic, record)
                .filter(fact -> fact.getJobId().equals(record.key()))
                .ifPresent(fact -> fold(fact, record));
    }

    private void fold(JobFact fact, Record<String, byte[]> record) {
        Optional<JobEvent> event = JobEvent.of(fact);
        if (event.isEmpty()) {
            return;
        }
        Job current = current(fact.getJobId());
        Job next = JobReducer.apply(current, event.get());
        if (next == current) {
            return;
        }
        if (fact.getShortened()) {
            next = next.toBuilder().setShortened(true).build();
        }
        jobs.put(next.getJobId(), next);
        inFlight.updated(next);
        parts.meters().changed(current, next, fact.getAtMs());
        context.forward(new Record<>(
                next.getJobId(), next, record.timestamp(), parts.traces().headers(next, record.headers())));
        parts.updates().updated(next);
    }

    /** What this partition's store does not know, another one may have folded: as before the partitions were made more. */
    private Job current(String jobId) {
        Job own = jobs.get(jobId);
        return own != null ? own : everyJob.get(jobId);
    }

    private void sweep(long nowMs) {
        inFlight.dropStalled(nowMs);
        for (String jobId : expired(nowMs)) {
            jobs.delete(jobId);
            inFlight.forget(jobId);
            context.forward(new Record<>(jobId, null, nowMs));
        }
    }

    private List<String> expired(long nowMs) {
        List<String> ids = new ArrayList<>();
        try (KeyValueIterator<String, Job> all = jobs.all()) {
            while (all.hasNext()) {
                KeyValue<String, Job> entry = all.next();
                if (entry.value.getUpdatedAtMs() + parts.retention().toMillis() < nowMs) {
                    ids.add(entry.key);
                }
            }
        }
        return ids;
    }

    @Override
    public void close() {
        if (inFlight != null) {
            inFlight.close();
        }
    }
}
