package io.surstream.streaming;

import static io.surstream.streaming.TestCluster.encoded;
import static io.surstream.streaming.TestCluster.keys;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.ReservedPort;
import io.surstream.streaming.batch.BatchSettings;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.share.ShareSettings;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerRestartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path data;

    private final ReservedPort clients = ReservedPort.any();
    private final ReservedPort controller = ReservedPort.any();
    private EmbeddedKafkaSettings settings;

    @BeforeEach
    void choosePorts() {
        settings = EmbeddedKafkaSettings.in(data).withPorts(clients.number(), controller.number());
    }

    @AfterEach
    void givePortsBack() {
        clients.close();
        controller.close();
    }

    @Test
    void both_workers_outlive_the_broker_and_no_job_is_lost() throws Exception {
        EmbeddedKafka broker = EmbeddedKafka.start(settings);
        TestCluster cluster = new TestCluster(broker);
        Set<String> sampled = new ConcurrentSkipListSet<>();
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch restarted = new CountDownLatch(1);
        var encoder = cluster.streaming.batchWorker(
                WorkerDefinition.of(
                        "encoder",
                        Topic.PROMPTS_SUBMITTED,
                        PromptSubmitted.getDefaultInstance(),
                        DeadLetterListener.silent()),
                BatchSettings.of("encoders"),
                batch -> batch.stream()
                        .map(each -> each.reply(Topic.PROMPTS_ENCODED, each.key(), encoded(each.key())))
                        .toList());
        var sampler = cluster.streaming.shareWorker(
                WorkerDefinition.of(
                        "sampler",
                        Topic.PROMPTS_ENCODED,
                        PromptEncoded.getDefaultInstance(),
                        DeadLetterListener.silent()),
                ShareSettings.of("samplers"),
                cluster.publisher,
                (incoming, lease) -> {
                    inHand.countDown();
                    restarted.await();
                    sampled.add(incoming.key());
                });
        // given: a job in the sampler's hand and one behind it
        cluster.submit("one", "two");
        inHand.await();
        // when
        broker.close();
        broker = EmbeddedKafka.start(settings);
        restarted.countDown();
        cluster.submit("three");
        // then: each was encoded once and sampled
        await().atMost(PATIENCE).until(() -> sampled.containsAll(Set.of("one", "two", "three")));
        assertEquals(List.of("one", "three", "two"), keys(cluster.read(Topic.PROMPTS_ENCODED, 3)));
        assertEquals(new TreeSet<>(Set.of("one", "two", "three")), sampled);
        assertEquals(List.of(), cluster.read(Topic.DEAD_LETTERS, 0));
        assertTrue(encoder.isLive() && sampler.isLive());
        sampler.close();
        encoder.close();
        cluster.close();
        broker.close();
    }
}
