package io.surstream.gateway.view;

import io.surstream.streaming.lag.GroupProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Whether the view makes progress: compares, every few seconds on its own thread, what router and fold have committed
 * with the ends of their topics. Looks at the partitions of this process; at all while it has none. Says nothing while
 * the cluster does not answer.
 */
public final class ViewProgress implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ViewProgress.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<GroupProgress> connection;
    private final StreamsJobView view;
    private final Map<String, Set<String>> topics;
    private final Duration timeout;
    private final StallClock stalls = new StallClock();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "job-view-progress");
        made.setDaemon(true);
        return made;
    });
    private GroupProgress cluster;

    /**
     * @param topics that a group reads, by its name
     * @param timeout how long records may wait without any progress
     */
    public ViewProgress(
            Supplier<GroupProgress> connection,
            StreamsJobView view,
            Map<String, Set<String>> topics,
            Duration timeout) {
        this.connection = connection;
        this.view = view;
        this.topics = topics;
        this.timeout = timeout;
        long pause = Math.min(LONGEST_PAUSE.toMillis(), timeout.toMillis() / 3);
        thread.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Time without progress of the view while records wait; zero otherwise. */
    public Duration stalledFor() {
        return stalls.oldest(Instant.now()).map(StallClock.Stall::age).orElse(Duration.ZERO);
    }

    /** Why the view must not be trusted any more; empty while it makes progress. */
    public Optional<String> problem() {
        return stalls.oldest(Instant.now())
                .filter(stall -> stall.age().compareTo(timeout) >= 0)
                .map(stall -> "%s has been at offset %d for %d s, and %d records wait"
                        .formatted(
                                stall.partition(),
                                stall.committed(),
                                stall.age().toSeconds(),
                                stall.waiting()));
    }

    private void look() {
        try {
            if (cluster == null) {
                cluster = connection.get();
            }
            Map<TopicPartition, GroupProgress.Position> all = new HashMap<>();
            topics.forEach((group, read) -> all.putAll(cluster.of(group, read)));
            all.keySet().retainAll(watched(Set.copyOf(all.keySet())));
            stalls.look(all, Instant.now());
            if (stalls.oldest(Instant.now()).isEmpty()) {
                view.hasProgressed();
            }
        } catch (RuntimeException e) {
            LOG.debugf("the progress of the job view is unknown: %s", e);
        }
    }

    private Set<TopicPartition> watched(Set<TopicPartition> all) {
        Set<TopicPartition> own = new HashSet<>(view.partitions());
        own.retainAll(all);
        return own.isEmpty() ? all : own;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (cluster != null) {
            cluster.close();
        }
    }
}
