package io.surstream.gateway.jobs;

import io.surstream.v1.Job;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The job view:
 *
 * <pre>
 * prompts.submitted ┐
 * prompts.encoded   │
 * prompts.cancelled ├→ job-view (store job-view) → jobs → every-job (global store every-job)
 * images.progressed │
 * images.sampled    ┘
 * </pre>
 *
 * The store holds this instance's partitions, fresh at once. The global store holds all partitions, at most one commit
 * interval behind, so that every instance answers for every job without asking another one.
 *
 * @param factTopics full names of the five topics; all with the same number of partitions
 * @param jobsTopic full name of the compacted topic
 */
public record JobTopology(Set<String> factTopics, String jobsTopic) {

    static final String STORE = "job-view";
    static final String GLOBAL_STORE = "every-job";

    private static final String FACTS = "facts";
    private static final String JOBS = "jobs";

    /**
     * @param decoder reads records of the fact topics
     * @param updates hears of every change, from both stores
     * @param inFlight is kept up to date with the jobs of this instance's partitions
     * @param records the traces of facts and jobs
     * @param meters hears of every change in this instance's partitions
     * @param retention after which a job without news is removed
     */
    public Topology build(
            JobEventDecoder decoder,
            JobUpdates updates,
            JobsInFlight inFlight,
            JobRecords records,
            JobMeters meters,
            Duration retention) {
        JobSerde job = new JobSerde();
        return new Topology()
                .addSource(
                        FACTS, new StringDeserializer(), new ByteArrayDeserializer(), factTopics.toArray(String[]::new))
                .addProcessor(
                        STORE, () -> new JobProcessor(decoder, updates, inFlight, records, meters, retention), FACTS)
                .addStateStore(store(STORE), STORE)
                .addSink(JOBS, jobsTopic, new StringSerializer(), job.serializer(), STORE)
                .addGlobalStore(
                        store(GLOBAL_STORE).withLoggingDisabled(),
                        GLOBAL_STORE + "-source",
                        new StringDeserializer(),
                        job.deserializer(),
                        jobsTopic,
                        GLOBAL_STORE,
                        () -> new EveryJobProcessor(updates));
    }

    /** In memory: the changelog brings it back, and the retention bounds it. */
    private static StoreBuilder<KeyValueStore<String, Job>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), new JobSerde())
                .withCachingDisabled();
    }
}
