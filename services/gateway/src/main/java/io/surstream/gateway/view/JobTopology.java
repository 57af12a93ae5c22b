package io.surstream.gateway.view;

import io.surstream.gateway.jobs.JobMeters;
import io.surstream.gateway.jobs.JobUpdates;
import io.surstream.gateway.jobs.JobsInFlight;
import io.surstream.v1.Job;
import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The second step of the job view:
 *
 * <pre>
 * job-facts → job-view (store job-view) → jobs → every-job (global store every-job)
 * </pre>
 *
 * The store holds this instance's partitions, fresh at once. The global store holds all partitions, at most one commit
 * interval behind, so that every instance answers for every job without asking another one.
 *
 * @param jobFactsTopic full name of the topic that the router writes
 * @param jobsTopic full name of the compacted topic
 */
public record JobTopology(String jobFactsTopic, String jobsTopic) {

    static final String STORE = "job-view";
    static final String GLOBAL_STORE = "every-job";

    private static final String FACTS = "facts";
    private static final String JOBS = "jobs";

    /**
     * What the fold works with.
     *
     * @param decoder reads records of job-facts
     * @param updates hears of every change, from both stores
     * @param inFlight is kept up to date with the jobs of this instance's partitions
     * @param traces of facts and jobs
     * @param meters hears of every change in this instance's partitions
     * @param retention after which a job without news is removed
     */
    public record Parts(
            FactDecoder decoder,
            JobUpdates updates,
            JobsInFlight inFlight,
            FactTraces traces,
            JobMeters meters,
            Duration retention) {}

    public Topology build(Parts parts) {
        JobSerde job = new JobSerde();
        return new Topology()
                .addSource(FACTS, new StringDeserializer(), new ByteArrayDeserializer(), jobFactsTopic)
                .addProcessor(STORE, () -> new JobFold(parts), FACTS)
                .addStateStore(store(STORE), STORE)
                .addSink(JOBS, jobsTopic, new StringSerializer(), job.serializer(), STORE)
                .addGlobalStore(
                        store(GLOBAL_STORE).withLoggingDisabled(),
                        GLOBAL_STORE + "-source",
                        new StringDeserializer(),
                        new ByteArrayDeserializer(),
                        jobsTopic,
                        GLOBAL_STORE,
                        () -> new EveryJob(parts.updates()));
    }

    /** In memory: the changelog brings it back, and the retention bounds it. */
    private static StoreBuilder<KeyValueStore<String, Job>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), new JobSerde())
                .withCachingDisabled();
    }
}
