package io.surstream.streaming.share;

import static io.surstream.streaming.TestCluster.encoded;
import static io.surstream.streaming.TestCluster.header;
import static io.surstream.streaming.TestCluster.keys;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.contract.failure.FailureType;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.ShareGroupSettings;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.client.KafkaClients;
import io.surstream.streaming.client.RecordWriter;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.event.PermanentEventException;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.topic.DeadLetterHeaders;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.Failure;
import io.surstream.v1.ImageSampled;
import io.surstream.v1.PromptEncoded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareWorkerIT {

    private static final Duration LOCK = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path data;

    private static EmbeddedKafka broker;

    private TestCluster cluster;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data)
                .withShareGroups(new ShareGroupSettings(LOCK, 5, Duration.ofMillis(500))));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics() {
        cluster = new TestCluster(broker, 1);
    }

    @AfterEach
    void closeClients() {
        cluster.close();
    }

    private ShareSettings settings() {
        return ShareSettings.of(cluster.topics.name(Topic.PROMPTS_ENCODED) + "-samplers")
                .withAttempts(2, TestCluster.SHORT, 2);
    }

    private ShareWorker<PromptEncoded> start(ShareSettings settings, ShareHandler<PromptEncoded> handler) {
        return cluster.streaming.shareWorker(
                WorkerDefinition.of(
                        "sampler", Topic.PROMPTS_ENCODED, PromptEncoded.getDefaultInstance(), ShareWorkerIT::failures),
                settings,
                cluster.publisher,
                handler);
    }

    private static List<Outgoing> failures(DeadLetter letter) {
        return letter.jobId().stream()
                .map(jobId -> letter.reply(
                        Topic.IMAGES_SAMPLED,
                        jobId,
                        ImageSampled.newBuilder()
                                .setJobId(jobId)
                                .setFailure(Failure.newBuilder().setType(letter.errorType()))
                                .build()))
                .toList();
    }

    private void encode(String... jobIds) throws Exception {
        for (String jobId : jobIds) {
            cluster.publish(Outgoing.of(Topic.PROMPTS_ENCODED, jobId, encoded(jobId)));
        }
    }

    @Test
    void more_threads_than_partitions_share_the_work() throws Exception {
        List<String> jobs = IntStream.range(10, 40).mapToObj(n -> "job-" + n).toList();
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch allThere = new CountDownLatch(3);
        try (var worker = start(settings().withThreads(3), (incoming, lease) -> {
            if (threads.add(Thread.currentThread().getName())) {
                allThere.countDown();
                allThere.await();
            }
            handled.add(incoming.key());
        })) {
            encode(jobs.toArray(String[]::new));
            await().atMost(PATIENCE).until(() -> handled.size() >= jobs.size());
            assertEquals(jobs, handled.stream().sorted().toList());
            assertTrue(worker.isLive() && worker.isReady());
        }
    }

    @Test
    void a_job_longer_than_the_lock_is_handled_once() throws Exception {
        Queue<Integer> deliveries = new ConcurrentLinkedQueue<>();
        CountDownLatch never = new CountDownLatch(1);
        ShareHandler<PromptEncoded> slow = (incoming, lease) -> {
            deliveries.add(incoming.delivery());
            assertFalse(never.await(3 * LOCK.toMillis(), TimeUnit.MILLISECONDS));
            lease.ensureHeld();
            cluster.publish(incoming.reply(
                    Topic.IMAGES_SAMPLED,
                    incoming.key(),
                    ImageSampled.newBuilder().setJobId(incoming.key()).build()));
        };
        // given: an idle second thread that would take the record as soon as its lock lapses
        try (var worker = start(settings().withThreads(2), slow)) {
            encode("long");
            assertEquals(List.of("long"), keys(cluster.read(Topic.IMAGES_SAMPLED, 1)));
            encode("next");
            await().atMost(PATIENCE).until(() -> deliveries.size() == 2);
            assertEquals(List.of(1, 1), List.copyOf(deliveries));
            assertTrue(worker.isLive());
        }
    }

    @Test
    void a_worker_that_dies_without_a_word_loses_its_record_to_another() throws Exception {
        encode("orphan");
        String group = settings().group();
        // given: the group starts at the earliest record, and a member takes one and is never heard of again
        start(settings(), (incoming, lease) -> {}).close();
        encode("orphan-2");
        try (var dying = new KafkaClients(cluster.settings).shareConsumer("dying", group)) {
            dying.subscribe(Set.of(cluster.topics.name(Topic.PROMPTS_ENCODED)));
            await().atMost(PATIENCE)
                    .until(() -> !dying.poll(Duration.ofMillis(200)).isEmpty());
            // when: another worker is there
            Map<String, Integer> deliveries = new ConcurrentHashMap<>();
            try (var worker =
                    start(settings(), (incoming, lease) -> deliveries.put(incoming.key(), incoming.delivery()))) {
                // then: it gets the record when the lock has lapsed
                await().atMost(PATIENCE).until(() -> deliveries.containsValue(2));
                assertTrue(worker.isLive());
            }
        }
    }

    @Test
    void an_event_that_fails_again_and_again_ends_as_a_dead_letter_with_a_typed_failure() throws Exception {
        Queue<Integer> deliveries = new ConcurrentLinkedQueue<>();
        Queue<String> good = new ConcurrentLinkedQueue<>();
        try (var worker = start(settings(), (incoming, lease) -> {
            if (incoming.key().equals("bad")) {
                deliveries.add(incoming.delivery());
                throw new IllegalStateException("the store is down");
            }
            good.add(incoming.key());
        })) {
            encode("bad", "good");
            var letter = cluster.read(Topic.DEAD_LETTERS, 1).get(0);
            // two attempts in each of two deliveries
            assertEquals(List.of(1, 1, 2, 2), List.copyOf(deliveries));
            assertEquals("4", header(letter, DeadLetterHeaders.ATTEMPTS));
            assertEquals("the store is down", header(letter, DeadLetterHeaders.REASON));
            var failure = ImageSampled.parseFrom(
                    cluster.read(Topic.IMAGES_SAMPLED, 1).get(0).value());
            assertEquals("INTERNAL", failure.getFailure().getType());
            await().atMost(PATIENCE).until(() -> good.contains("good"));
            assertTrue(worker.isLive());
        }
    }

    @Test
    void poison_and_hopeless_events_are_rejected_at_once_and_the_stream_goes_on() throws Exception {
        Queue<String> good = new ConcurrentLinkedQueue<>();
        try (var worker = start(settings(), (incoming, lease) -> {
            if (incoming.key().equals("hopeless")) {
                throw new PermanentEventException(FailureType.MODEL_MISMATCH, "encoded for another model");
            }
            good.add(incoming.key());
        })) {
            cluster.write(
                    Topic.PROMPTS_ENCODED,
                    "user-42",
                    new byte[] {10, 6, 'p', 'o', 'i', 's', 'o', 'n', 1},
                    "ce_type",
                    "surstream.v1.PromptEncoded");
            encode("hopeless", "good");
            var letters = cluster.read(Topic.DEAD_LETTERS, 2);
            assertEquals(
                    Set.of("NOT_PROTOBUF", "MODEL_MISMATCH"),
                    Set.of(
                            header(letters.get(0), DeadLetterHeaders.ERROR_TYPE),
                            header(letters.get(1), DeadLetterHeaders.ERROR_TYPE)));
            assertEquals(List.of("hopeless", "poison"), keys(cluster.read(Topic.IMAGES_SAMPLED, 2)));
            await().atMost(PATIENCE).until(() -> good.contains("good"));
            assertTrue(worker.isLive());
        }
    }

    @Test
    void closing_gives_the_current_job_back_at_once_as_one_delivery() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        ShareSettings impatient = settings().withTimes(PATIENCE, PATIENCE, Duration.ofMillis(50));
        var closing = start(impatient, (incoming, lease) -> {
            begun.countDown();
            never.await();
        });
        encode("job");
        assertTrue(begun.await(60, TimeUnit.SECONDS));
        closing.close();
        assertFalse(closing.isReady());
        Map<String, Integer> deliveries = new ConcurrentHashMap<>();
        try (var next = start(settings(), (incoming, lease) -> deliveries.put(incoming.key(), incoming.delivery()))) {
            await().atMost(PATIENCE).until(() -> deliveries.containsKey("job"));
            assertEquals(Map.of("job", 2), deliveries);
            assertTrue(next.isLive());
        }
    }

    @Test
    void results_of_aborted_transactions_are_never_worked_on() throws Exception {
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        RecordWriter writer = new RecordWriter(cluster.topics, "/surstream/tests");
        try (var producer = new KafkaClients(cluster.settings)
                        .transactionalProducer("aborting-" + settings().group());
                var worker = start(settings(), (incoming, lease) -> handled.add(incoming.key()))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(writer.event(Outgoing.of(Topic.PROMPTS_ENCODED, "aborted", encoded("aborted"))));
            producer.flush();
            producer.abortTransaction();
            encode("committed");
            await().atMost(PATIENCE).until(() -> !handled.isEmpty());
            assertEquals(List.of("committed"), List.copyOf(handled));
            assertTrue(worker.isLive());
        }
    }
}
