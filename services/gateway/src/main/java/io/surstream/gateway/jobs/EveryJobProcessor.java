package io.surstream.gateway.jobs;

import io.surstream.v1.Job;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Copies the topic jobs, all partitions, into this instance's global store and tells the listeners. */
final class EveryJobProcessor implements Processor<String, Job, Void, Void> {

    private final JobUpdates updates;
    private KeyValueStore<String, Job> everyJob;

    EveryJobProcessor(JobUpdates updates) {
        this.updates = updates;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        everyJob = context.getStateStore(JobTopology.GLOBAL_STORE);
    }

    @Override
    public void process(Record<String, Job> record) {
        if (record.value() == null) {
            everyJob.delete(record.key());
        } else {
            everyJob.put(record.key(), record.value());
            updates.updated(record.value());
            updates.copied(record.value());
        }
    }
}
