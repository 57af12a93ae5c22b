package io.surstream.gateway.jobs;

import io.surstream.v1.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jboss.logging.Logger;

/** The running topology and its interactive queries. Thread-safe. */
public final class StreamsJobView implements JobView, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StreamsJobView.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Supplier<Topology> topology;
    private final Properties properties;
    private final JobsInFlight inFlight;
    private final Path stateFolder;
    private volatile KafkaStreams streams;

    /**
     * @param topology a new one each time
     * @param kafka client properties: bootstrap servers, security
     * @param settings of this view
     */
    public StreamsJobView(
            Supplier<Topology> topology, JobsInFlight inFlight, Map<String, Object> kafka, Settings settings) {
        this.inFlight = inFlight;
        this.stateFolder = temporaryFolder();
        this.topology = topology;
        this.properties = properties(kafka, settings, stateFolder);
        this.streams = create();
    }

    private KafkaStreams create() {
        KafkaStreams created = new KafkaStreams(topology.get(), properties);
        created.setUncaughtExceptionHandler(e -> {
            LOG.error("the job view stumbled; its thread is replaced", e);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        return created;
    }

    /**
     * How the view runs.
     *
     * @param applicationId shared by all gateways of one installation
     * @param commitInterval time between two transactions
     * @param threads that process partitions
     */
    public record Settings(String applicationId, Duration commitInterval, int threads) {}

    private static Properties properties(Map<String, Object> kafka, Settings settings, Path stateFolder) {
        Map<String, Object> all = new HashMap<>(kafka);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "streams");
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        all.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        all.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
        // The reducer does not need topics in step: never wait for one of them.
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
        all.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        all.put(StreamsConfig.producerPrefix("linger.ms"), 0);
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }

    /**
     * Returns when the global store is loaded; the partitions follow. After a start that failed it may be called again:
     * a cluster under load knows a topic that was just made a moment later.
     */
    public void start() {
        if (streams.state() != KafkaStreams.State.CREATED) {
            streams.close(CLOSE_TIMEOUT);
            streams = create();
        }
        streams.start();
    }

    /** For metrics, once it has started. */
    public KafkaStreams streams() {
        return streams;
    }

    public KafkaStreams.State state() {
        return streams.state();
    }

    /** @throws ViewNotReadyException before the start, after the end, or when the view broke down */
    @Override
    public Optional<Job> find(String jobId) {
        Optional<Job> own = ownPartitions(jobId);
        return own.isPresent() ? own : allPartitions(jobId);
    }

    /** Whether all its threads have died. */
    public boolean isLost() {
        return streams.state() == KafkaStreams.State.ERROR || streams.state() == KafkaStreams.State.PENDING_ERROR;
    }

    @Override
    public int inFlight() {
        return inFlight.count();
    }

    private Optional<Job> ownPartitions(String jobId) {
        try {
            return Optional.ofNullable(store(JobTopology.STORE).get(jobId));
        } catch (InvalidStateStoreException e) {
            // Partitions are on their way to or from this instance; the global store knows all but the very latest.
            return Optional.empty();
        }
    }

    private Optional<Job> allPartitions(String jobId) {
        try {
            return Optional.ofNullable(store(JobTopology.GLOBAL_STORE).get(jobId));
        } catch (InvalidStateStoreException e) {
            throw new ViewNotReadyException("the job view is " + streams.state());
        }
    }

    private ReadOnlyKeyValueStore<String, Job> store(String name) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
    }

    /** Commits, leaves the group and waits for it, at most 10 s. May be called more than once. */
    @Override
    public void close() {
        boolean closed = streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        if (!closed) {
            LOG.warnf("the job view did not close within %s; its facts will be read again", CLOSE_TIMEOUT);
            return;
        }
        streams.cleanUp();
        try {
            Files.deleteIfExists(stateFolder);
        } catch (IOException e) {
            LOG.debugf("%s was not removed: %s", stateFolder, e.getMessage());
        }
    }

    /** Kafka Streams wants a folder of its own per process, although these stores keep nothing in it. */
    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("surstream-gateway-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for the job view: " + e.getMessage(), e);
        }
    }
}
