package io.surstream.gateway.view;

import io.surstream.gateway.jobs.JobMeters;
import io.surstream.gateway.jobs.JobUpdates;
import io.surstream.gateway.jobs.JobsInFlight;
import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The second step of the job view:
 *
 * <pre>
 * job-events → job-view (stores job-view, job-index) → jobs → every-job (global store every-job)
 * </pre>
 *
 * The store job-view holds the jobs of this instance's partitions that run or have just ended, without delay. The
 * global store holds all jobs of all partitions, at most one commit interval behind, so that every instance answers for
 * every job without asking another one.
 *
 * @param jobEventsTopic full name of the topic that the router writes
 * @param jobsTopic full name of the compacted topic
 */
public record JobTopology(String jobEventsTopic, String jobsTopic) {

    static final String STORE = "job-view";
    static final String INDEX = "job-index";
    static final String GLOBAL_STORE = "every-job";

    private static final String JOB_EVENTS = "events";
    private static final String JOBS = "jobs";

    /**
     * What the fold works with.
     *
     * @param decoder reads records of job-events
     * @param updates receives every change, from both stores
     * @param inFlight is kept up to date with the jobs of this instance's partitions
     * @param traces of events and jobs
     * @param meters receives every change in this instance's partitions
     * @param retention after which a job without changes is removed
     */
    public record Parts(
            JobEventDecoder decoder,
            JobUpdates updates,
            JobsInFlight inFlight,
            EventTraces traces,
            JobMeters meters,
            Duration retention) {}

    /** @param partitions of job-events */
    public Topology build(Parts parts, int partitions) {
        JobSerde job = new JobSerde();
        return new Topology()
                .addSource(JOB_EVENTS, new StringDeserializer(), new ByteArrayDeserializer(), jobEventsTopic)
                .addProcessor(STORE, () -> new JobFold(parts, partitions), JOB_EVENTS)
                .addStateStore(store(STORE, job), STORE)
                .addStateStore(index(), STORE)
                .addSink(JOBS, jobsTopic, new StringSerializer(), job.serializer(), STORE)
                .addGlobalStore(
                        store(GLOBAL_STORE, Serdes.ByteArray()).withLoggingDisabled(),
                        GLOBAL_STORE + "-source",
                        new StringDeserializer(),
                        new ByteArrayDeserializer(),
                        jobsTopic,
                        GLOBAL_STORE,
                        () -> new EveryJob(parts.updates()));
    }

    /** On disk: a million jobs do not fit into memory. */
    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withCachingDisabled();
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> index() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(INDEX), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
    }
}
