package io.surstream.gateway.view;

import io.surstream.gateway.jobs.JobStates;
import io.surstream.gateway.jobs.JobView;
import io.surstream.gateway.jobs.JobsInFlight;
import io.surstream.gateway.jobs.ViewNotReadyException;
import io.surstream.v1.Job;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The running router and fold, and the questions to them. Thread-safe. */
public final class StreamsJobView implements JobView, AutoCloseable {

    private final ViewStreams router;
    private final ViewStreams fold;
    private final JobsInFlight inFlight;
    private final Supplier<Cluster> cluster;
    private final ViewSettings settings;
    private StateFolder folder;
    private Cluster found;

    /**
     * What a start must know of the cluster.
     *
     * @param id of the cluster
     * @param partitions of job-events
     */
    public record Cluster(String id, int partitions) {}

    /**
     * The two steps' topologies, created again at each start.
     *
     * @param router as {@link RouterTopology} makes it
     * @param fold as {@link JobTopology} makes it, for a number of partitions of job-events
     * @param cluster asks it
     */
    public record Steps(Supplier<Topology> router, IntFunction<Topology> fold, Supplier<Cluster> cluster) {}

    /** @param kafka client properties: bootstrap servers, security */
    public StreamsJobView(
            Steps steps,
            JobsInFlight inFlight,
            Map<String, Object> kafka,
            ViewSettings settings,
            SkippedRecords skipped) {
        this.inFlight = inFlight;
        this.cluster = steps.cluster();
        this.settings = settings;
        this.router = new ViewStreams(
                "router", () -> new KafkaStreams(steps.router().get(), settings.router(kafka, skipped, folder.path())));
        this.fold = new ViewStreams(
                "fold",
                () -> new KafkaStreams(
                        steps.fold().apply(found.partitions()),
                        settings.fold(kafka, skipped, folder.path(), found.partitions())));
    }

    /**
     * Returns when the global store is loaded; the partitions follow. After a start that failed it may be called again:
     * a cluster under load knows a topic that was just made a moment later. Not to be called by two threads
     * concurrently.
     */
    public void start() {
        found = cluster.get();
        if (folder == null) {
            folder = settings.takeFolder(found.id());
        }
        folder.keepOnly(settings.foldPrefix(), settings.foldId(found.partitions()));
        fold.start();
        router.start();
    }

    /** For metrics, once it has started. */
    public List<KafkaStreams> clients() {
        return Stream.of(router, fold).flatMap(step -> step.client().stream()).toList();
    }

    /** State of each step, by its name. */
    public Map<String, KafkaStreams.State> states() {
        return Map.of("router", router.state(), "fold", fold.state());
    }

    /** Whether both steps have all their partitions. */
    public boolean isRunning() {
        return states().values().stream().allMatch(KafkaStreams.State.RUNNING::equals);
    }

    /** Whether a step can no longer run: only a new process helps. */
    public boolean isLost() {
        return router.isLost() || fold.isLost();
    }

    /** @throws ViewNotReadyException before the start, after the end, or when the view broke down */
    @Override
    public Optional<Job> find(String jobId) {
        Optional<Job> copied = allPartitions(jobId);
        Optional<Job> own = ownPartitions(jobId);
        return own.isPresent() && copied.isPresent()
                ? JobStates.version(own.get()) >= JobStates.version(copied.get()) ? own : copied
                : own.or(() -> copied);
    }

    @Override
    public int inFlight() {
        return inFlight.count();
    }

    private Optional<Job> ownPartitions(String jobId) {
        try {
            return Optional.ofNullable(this.<Job>store(JobTopology.STORE).get(jobId));
        } catch (InvalidStateStoreException e) {
            // Partitions are on their way to or from this instance; the global store knows all but the very latest.
            return Optional.empty();
        }
    }

    private Optional<Job> allPartitions(String jobId) {
        try {
            return Optional.ofNullable(new JobCopies(store(JobTopology.GLOBAL_STORE)).get(jobId));
        } catch (InvalidStateStoreException e) {
            throw new ViewNotReadyException("the job view is " + fold.state());
        }
    }

    private <V> ReadOnlyKeyValueStore<String, V> store(String name) {
        KafkaStreams client =
                fold.client().orElseThrow(() -> new ViewNotReadyException("the job view has not started"));
        return client.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
    }

    /** Partitions that this process works on at present. */
    Set<TopicPartition> partitions() {
        Set<TopicPartition> all = new HashSet<>(router.partitions());
        all.addAll(fold.partitions());
        return all;
    }

    /** Nothing waits: threads that die from now on are replaced soon again. */
    void hasProgressed() {
        router.hasProgressed();
        fold.hasProgressed();
    }

    /** Commits, leaves the groups and waits for it, at most 20 s. May be called more than once. */
    @Override
    public void close() {
        router.close();
        fold.close();
        if (folder != null) {
            folder.close();
        }
    }
}
