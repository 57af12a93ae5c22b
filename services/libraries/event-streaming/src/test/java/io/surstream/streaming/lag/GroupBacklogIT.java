package io.surstream.streaming.lag;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.batch.BatchSettings;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.share.ShareSettings;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupBacklogIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SHARED = "surstream.share.group.backlog.records";
    private static final String CONSUMED = "surstream.consumer.group.lag.records";

    @TempDir
    static Path folder;

    private static EmbeddedKafka broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void share_groups_backlog_counts_what_waits_and_falls_to_nothing_when_all_is_done() throws Exception {
        try (TestCluster cluster = new TestCluster(broker)) {
            String group = cluster.topics.name(Topic.PROMPTS_ENCODED) + "-sharers";
            for (int i = 0; i < 5; i++) {
                cluster.publish(Outgoing.of(Topic.PROMPTS_ENCODED, "job-" + i, TestCluster.encoded("job-" + i)));
            }
            CountDownLatch first = new CountDownLatch(1);
            CountDownLatch proceed = new CountDownLatch(1);
            during(watch(cluster, WatchedGroup.sharers(group, Topic.PROMPTS_ENCODED)), () -> {
                awaitBacklog(cluster, SHARED, 5);
                during(sharer(cluster, group, first, proceed), () -> {
                    assertTrue(first.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "the first event is in hand");
                    awaitBacklog(cluster, SHARED, 5);
                    proceed.countDown();
                    awaitBacklog(cluster, SHARED, 0);
                });
            });
        }
    }

    @Test
    void consumer_groups_lag_counts_what_is_not_committed() throws Exception {
        try (TestCluster cluster = new TestCluster(broker)) {
            String group = cluster.topics.name(Topic.PROMPTS_SUBMITTED) + "-consumers";
            cluster.submit("one", "two", "three");
            during(watch(cluster, WatchedGroup.consumers(group, Topic.PROMPTS_SUBMITTED)), () -> {
                awaitBacklog(cluster, CONSUMED, 3);
                during(consumer(cluster, group), () -> awaitBacklog(cluster, CONSUMED, 0));
            });
        }
    }

    @Test
    void value_vanishes_while_the_cluster_does_not_tell() throws Exception {
        try (TestCluster cluster = new TestCluster(broker);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            during(watch(cluster, WatchedGroup.sharers("nobody", Topic.PROMPTS_ENCODED)), () -> {
                awaitBacklog(cluster, SHARED, 0);

                admin.deleteTopics(List.of(cluster.topics.name(Topic.PROMPTS_ENCODED)))
                        .all()
                        .get();

                await().atMost(LIMIT)
                        .until(() -> cluster.meters.find(SHARED).gauges().isEmpty());
            });
        }
    }

    private interface Body {
        void run() throws Exception;
    }

    private static void during(AutoCloseable running, Body body) throws Exception {
        try (running) {
            body.run();
        }
    }

    private static GroupBacklog watch(TestCluster cluster, WatchedGroup group) {
        return cluster.streaming.backlog(List.of(group), Duration.ofMillis(200));
    }

    private static EventWorker sharer(TestCluster cluster, String group, CountDownLatch first, CountDownLatch proceed) {
        return cluster.streaming.shareWorker(
                WorkerDefinition.of(
                        "sharer", Topic.PROMPTS_ENCODED, PromptEncoded.getDefaultInstance(), letter -> List.of()),
                ShareSettings.of(group),
                cluster.publisher,
                (event, lease) -> {
                    first.countDown();
                    proceed.await();
                });
    }

    private static EventWorker consumer(TestCluster cluster, String group) {
        return cluster.streaming.batchWorker(
                WorkerDefinition.of(
                        "consumer", Topic.PROMPTS_SUBMITTED, PromptSubmitted.getDefaultInstance(), letter -> List.of()),
                BatchSettings.of(group),
                batch -> List.of());
    }

    private static void awaitBacklog(TestCluster cluster, String metric, int records) {
        await(metric)
                .atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertEquals(records, cluster.meters.get(metric).gauge().value(), metric));
    }
}
