package io.surstream.streaming.lag;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.surstream.metrics.Meters;
import io.surstream.metrics.Metric;
import io.surstream.streaming.topic.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many records wait before groups, as gauges. A thread of its own asks the cluster every now and then; a scrape costs
 * nothing. While the cluster does not tell there is no value: an old one would look like news.
 */
public final class GroupBacklog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupBacklog.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<Admin> admins;
    private final Topics topics;
    private final List<WatchedGroup> groups;
    private final MultiGauge shared;
    private final MultiGauge consumed;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "group-backlog");
        made.setDaemon(true);
        return made;
    });
    private Admin admin;
    private final Set<WatchedGroup> silent = new HashSet<>();

    public GroupBacklog(Supplier<Admin> admins, Topics topics, List<WatchedGroup> groups, MeterRegistry meters) {
        this.admins = admins;
        this.topics = topics;
        this.groups = List.copyOf(groups);
        this.shared = Meters.rows(meters, Metric.SHARE_GROUP_BACKLOG);
        this.consumed = Meters.rows(meters, Metric.CONSUMER_GROUP_LAG);
    }

    public GroupBacklog start(Duration refresh) {
        thread.scheduleWithFixedDelay(this::refresh, 0, refresh.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void refresh() {
        Map<List<String>, Long> shareRows = new LinkedHashMap<>();
        Map<List<String>, Long> consumerRows = new LinkedHashMap<>();
        for (WatchedGroup watched : groups) {
            try {
                (watched.shares() ? shareRows : consumerRows)
                        .put(List.of(watched.group(), topics.name(watched.topic())), ask(watched));
                silent.remove(watched);
            } catch (InterruptException e) {
                // Closing: nobody wants to know any more.
                return;
            } catch (KafkaException e) {
                // Said once, not at every look.
                if (silent.add(watched)) {
                    LOG.warn("the backlog of group {} is not known: {}", watched.group(), e.toString());
                }
            }
        }
        Meters.replace(shared, Metric.SHARE_GROUP_BACKLOG, shareRows);
        Meters.replace(consumed, Metric.CONSUMER_GROUP_LAG, consumerRows);
    }

    private long ask(WatchedGroup watched) {
        if (admin == null) {
            admin = admins.get();
        }
        BacklogQuery query = new BacklogQuery(admin);
        String topic = topics.name(watched.topic());
        return watched.shares() ? query.ofSharers(watched.group(), topic) : query.ofConsumers(watched.group(), topic);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the last question about the groups' backlog is still open after {}", PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (admin != null) {
            admin.close(PATIENCE);
        }
    }
}
