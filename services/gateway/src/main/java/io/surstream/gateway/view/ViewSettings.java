package io.surstream.gateway.view;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/**
 * How the view runs.
 *
 * @param applicationId group of the router and beginning of the fold's; shared by all gateways of one installation
 * @param commitInterval of the fold: time between two transactions
 * @param threads of the fold
 * @param stateFolder under which each process keeps its stores; empty for the user's data folder
 */
public record ViewSettings(String applicationId, Duration commitInterval, int threads, Optional<Path> stateFolder) {

    /** A router that comes back routes at most the events of this time again, which changes nothing. */
    private static final Duration ROUTER_COMMITS = Duration.ofMillis(500);

    /** Stores of one cluster are useless for another one. */
    StateFolder takeFolder(String clusterId) {
        return stateFolder
                .map(folder -> StateFolder.in(folder.resolve(clusterId)))
                .orElseGet(() -> StateFolder.standard(dataFolder(), clusterId));
    }

    /** {@code $XDG_DATA_HOME/surstream/gateway}, that is {@code ~/.local/share/surstream/gateway}. */
    private static Path dataFolder() {
        String given = System.getenv("XDG_DATA_HOME");
        Path data = given == null || given.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "share")
                : Path.of(given);
        return data.resolve("surstream").resolve("gateway");
    }

    String foldPrefix() {
        return applicationId + "-view-";
    }

    /**
     * Name of the fold's group, and beginning of its changelog topics' names. Those have as many partitions as
     * job-events, and jobs are in others if there are more: with another number the fold starts from scratch, from the
     * copy of all jobs.
     */
    public String foldId(int partitions) {
        return foldPrefix() + partitions;
    }

    Properties router(Map<String, Object> kafka, SkippedRecords skipped, Path ownFolder) {
        Properties all = common(kafka, skipped, ownFolder);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, ROUTER_COMMITS.toMillis());
        // A worker's transaction that was given up is no event.
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        return all;
    }

    Properties fold(Map<String, Object> kafka, SkippedRecords skipped, Path ownFolder, int partitions) {
        Properties all = common(kafka, skipped, ownFolder);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, foldId(partitions));
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        // The first batch of a transaction is turned away while the broker ends the one before. Batches that are
        // already on their way
        // behind it are then out of order, which the broker logs as errors; sent again they are not.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        return all;
    }

    private static Properties common(Map<String, Object> kafka, SkippedRecords skipped, Path ownFolder) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "streams");
        all.put(StreamsConfig.STATE_DIR_CONFIG, ownFolder.toString());
        // The reducer does not need topics in step: never wait for one of them.
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        all.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, EventTimestamps.class);
        all.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, SkipFailedRecord.class);
        all.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, SkipRefusedRecord.class);
        all.put(ViewStreams.SKIPPED, skipped);
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }
}
