package io.surstream.gateway.view;

import io.surstream.gateway.jobs.JobUpdates;
import io.surstream.v1.Job;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Copies the topic jobs, all partitions, into this instance's global store and tells the listeners. A record that is not the job of
 * its key is left out: an error here would end the view.
 */
final class EveryJob implements Processor<String, byte[], Void, Void> {

    private final JobUpdates updates;
    private KeyValueStore<String, byte[]> everyJob;

    EveryJob(JobUpdates updates) {
        this.updates = updates;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        everyJob = context.getStateStore(JobTopology.GLOBAL_STORE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.key() == null) {
            return;
        }
        if (record.value() == null) {
            everyJob.delete(record.key());
            return;
        }
        Job job = JobSerde.parse(record.value());
        if (job != null && job.getJobId().equals(record.key())) {
            everyJob.put(record.key(), record.value());
            updates.updated(job);
            updates.copied(job);
        }
    }
}
