package io.surstream.gateway.jobs;

import io.surstream.v1.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Folds the facts of its partition into one job each, tells the listeners at once and the topic at commit. Removes jobs
 * that are older than the retention. Owned by one stream thread.
 */
final class JobProcessor implements Processor<String, byte[], String, Job> {

    private static final Duration LONGEST_SWEEP = Duration.ofMinutes(1);

    private final JobEventDecoder decoder;
    private final JobUpdates updates;
    private final JobsInFlight jobsInFlight;
    private final JobRecords records;
    private final JobMeters meters;
    private final Duration retention;
    private ProcessorContext<String, Job> context;
    private KeyValueStore<String, Job> jobs;
    private JobsInFlight.Share inFlight;

    JobProcessor(
            JobEventDecoder decoder,
            JobUpdates updates,
            JobsInFlight jobsInFlight,
            JobRecords records,
            JobMeters meters,
            Duration retention) {
        this.decoder = decoder;
        this.updates = updates;
        this.jobsInFlight = jobsInFlight;
        this.records = records;
        this.meters = meters;
        this.retention = retention;
    }

    @Override
    public void init(ProcessorContext<String, Job> processorContext) {
        context = processorContext;
        jobs = context.getStateStore(JobTopology.STORE);
        inFlight = jobsInFlight.open();
        try (KeyValueIterator<String, Job> restored = jobs.all()) {
            restored.forEachRemaining(entry -> inFlight.updated(entry.value));
        }
        Duration sweep = retention.compareTo(LONGEST_SWEEP) < 0 ? retention : LONGEST_SWEEP;
        context.schedule(sweep, PunctuationType.WALL_CLOCK_TIME, this::sweep);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata place = context.recordMetadata().orElseThrow();
        JobRecords.Taken taken = records.take(place, record);
        try (taken) {
            fold(place.topic(), record);
        }
    }

    private void fold(String topic, Record<String, byte[]> record) {
        Optional<JobEvent> decoded = decoder.decode(topic, record);
        if (decoded.isEmpty()) {
            return;
        }
        JobEvent fact = decoded.get();
        Job current = jobs.get(fact.jobId());
        Job next = JobReducer.apply(current, fact);
        if (next == current) {
            return;
        }
        jobs.put(next.getJobId(), next);
        inFlight.updated(next);
        meters.changed(current, next, fact.atMs());
        context.forward(
                new Record<>(next.getJobId(), next, record.timestamp(), records.describe(next, record.headers())));
        updates.updated(next);
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
                if (entry.value.getUpdatedAtMs() + retention.toMillis() < nowMs) {
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
