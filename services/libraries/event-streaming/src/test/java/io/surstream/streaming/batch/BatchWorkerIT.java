package io.surstream.streaming.batch;

import static io.surstream.streaming.TestCluster.encoded;
import static io.surstream.streaming.TestCluster.header;
import static io.surstream.streaming.TestCluster.keys;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.client.KafkaClients;
import io.surstream.streaming.deadletter.DeadLetter;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.topic.DeadLetterHeaders;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.tracing.TraceContext;
import io.surstream.v1.PromptEncoded;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchWorkerIT {

    @TempDir
    static Path data;

    private static EmbeddedKafka broker;

    private TestCluster cluster;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics() {
        cluster = new TestCluster(broker);
    }

    @AfterEach
    void closeClients() {
        cluster.close();
    }

    private BatchSettings settings() {
        return BatchSettings.of(cluster.topics.name(Topic.PROMPTS_SUBMITTED) + "-encoders")
                .withBatch(8, Duration.ofMillis(5))
                .withAttempts(2, TestCluster.SHORT);
    }

    private BatchWorker<PromptSubmitted> start(String name, BatchHandler<PromptSubmitted> handler) {
        return cluster.streaming.batchWorker(
                WorkerDefinition.of(
                        name, Topic.PROMPTS_SUBMITTED, PromptSubmitted.getDefaultInstance(), BatchWorkerIT::failures),
                settings(),
                handler);
    }

    private static List<Outgoing> failures(DeadLetter letter) {
        return letter.jobId().stream()
                .map(jobId -> letter.reply(
                        Topic.PROMPTS_ENCODED,
                        jobId,
                        PromptEncoded.newBuilder().setJobId(jobId).build()))
                .toList();
    }

    private static List<Outgoing> encodeAll(List<Incoming<PromptSubmitted>> batch) {
        List<Outgoing> results = new ArrayList<>();
        for (Incoming<PromptSubmitted> incoming : batch) {
            String jobId = incoming.event().getJobId();
            results.add(incoming.reply(Topic.PROMPTS_ENCODED, jobId, encoded(jobId)));
        }
        return results;
    }

    @Test
    void an_event_becomes_an_event_in_the_same_trace() throws Exception {
        TraceContext trace = TraceContext.create();
        try (var worker = start("encoder", BatchWorkerIT::encodeAll)) {
            cluster.publish(new Outgoing(Topic.PROMPTS_SUBMITTED, "job-1", TestCluster.prompt("job-1"), trace));
            var result = cluster.read(Topic.PROMPTS_ENCODED, 1).get(0);
            assertEquals(encoded("job-1"), PromptEncoded.parseFrom(result.value()));
            assertEquals("surstream.v1.PromptEncoded", header(result, "ce_type"));
            assertEquals("/surstream/tests", header(result, "ce_source"));
            assertTrue(header(result, "traceparent").startsWith("00-" + trace.traceId()));
            assertTrue(worker.isLive() && worker.isReady());
        }
    }

    @Test
    void json_without_any_header_is_a_submission() throws Exception {
        try (var worker = start("encoder", BatchWorkerIT::encodeAll)) {
            cluster.write(
                    Topic.PROMPTS_SUBMITTED, null, "{\"jobId\": \"from-kcat\", \"prompt\": \"a fox\"}".getBytes());
            assertEquals(List.of("from-kcat"), keys(cluster.read(Topic.PROMPTS_ENCODED, 1)));
            assertTrue(worker.isLive());
        }
    }

    @Test
    void poison_records_become_dead_letters_and_the_stream_goes_on() throws Exception {
        byte[] torn = {10, 4, 't', 'o', 'r', 'n', 18, 127, 1};
        cluster.write(
                Topic.PROMPTS_SUBMITTED, "user-42", torn, "ce_type", "surstream.v1.PromptSubmitted", "own", "kept");
        cluster.write(Topic.PROMPTS_SUBMITTED, "unknown", new byte[0], "ce_type", "surstream.v9.PromptSubmitted");
        cluster.write(Topic.PROMPTS_SUBMITTED, null, "{\"job_id\": \"off\", \"promt\": \"typo\"}".getBytes());
        cluster.submit("good");
        try (var worker = start("encoder", BatchWorkerIT::encodeAll)) {
            var letters = cluster.read(Topic.DEAD_LETTERS, 3);
            assertEquals(3, letters.size());
            var first = letters.stream()
                    .filter(letter -> "NOT_PROTOBUF".equals(header(letter, DeadLetterHeaders.ERROR_TYPE)))
                    .findFirst()
                    .orElseThrow();
            assertArrayEquals(torn, first.value());
            assertEquals("user-42", new String(first.key()));
            assertEquals("kept", header(first, "own"));
            assertEquals(cluster.topics.name(Topic.PROMPTS_SUBMITTED), header(first, DeadLetterHeaders.TOPIC));
            assertEquals("1", header(first, DeadLetterHeaders.ATTEMPTS));
            assertTrue(header(first, DeadLetterHeaders.REASON).contains("are not a surstream.v1.PromptSubmitted"));
            // then: every job that can be named has ended, the good one well
            assertEquals(List.of("good", "off", "torn"), keys(cluster.read(Topic.PROMPTS_ENCODED, 3)));
            assertTrue(worker.isLive());
        }
    }

    @Test
    void a_handler_that_crashes_mid_batch_loses_and_doubles_nothing() throws Exception {
        List<String> jobs = IntStream.range(100, 140).mapToObj(n -> "job-" + n).toList();
        cluster.submit(jobs.toArray(String[]::new));
        AtomicInteger calls = new AtomicInteger();
        try (var worker = start("encoder", batch -> {
            if (calls.incrementAndGet() % 3 == 1) {
                throw new IllegalStateException("out of memory, say");
            }
            return encodeAll(batch);
        })) {
            assertEquals(jobs, keys(cluster.read(Topic.PROMPTS_ENCODED, jobs.size())));
            assertEquals(List.of(), cluster.read(Topic.DEAD_LETTERS, 0));
            assertTrue(worker.isLive());
        }
    }

    @Test
    void an_event_that_always_crashes_the_handler_is_isolated() throws Exception {
        cluster.submit("a", "b", "bad", "c");
        try (var worker = start("encoder", batch -> {
            if (batch.stream().anyMatch(each -> each.key().equals("bad"))) {
                throw new IllegalStateException("cannot digest this");
            }
            return encodeAll(batch);
        })) {
            assertEquals(List.of("a", "b", "bad", "c"), keys(cluster.read(Topic.PROMPTS_ENCODED, 4)));
            var letters = cluster.read(Topic.DEAD_LETTERS, 1);
            assertEquals(List.of("bad"), keys(letters));
            assertEquals("INTERNAL", header(letters.get(0), DeadLetterHeaders.ERROR_TYPE));
            assertEquals("cannot digest this", header(letters.get(0), DeadLetterHeaders.REASON));
            assertTrue(header(letters.get(0), DeadLetterHeaders.STACK).contains("BatchWorkerIT"));
            assertTrue(worker.isLive());
        }
    }

    @Test
    void two_workers_and_rebalances_lose_and_double_nothing() throws Exception {
        List<String> jobs = IntStream.range(100, 220).mapToObj(n -> "job-" + n).toList();
        var first = start("first", BatchWorkerIT::encodeAll);
        cluster.submit(jobs.subList(0, 40).toArray(String[]::new));
        var second = start("second", BatchWorkerIT::encodeAll);
        cluster.submit(jobs.subList(40, 80).toArray(String[]::new));
        first.close();
        cluster.submit(jobs.subList(80, 120).toArray(String[]::new));
        assertEquals(jobs, keys(cluster.read(Topic.PROMPTS_ENCODED, jobs.size())));
        assertFalse(first.isReady());
        assertTrue(second.isReady());
        second.close();
    }

    @Test
    void a_fenced_worker_connects_again_and_doubles_nothing() throws Exception {
        try (var worker = start("encoder", BatchWorkerIT::encodeAll)) {
            cluster.submit("before");
            assertEquals(1, cluster.read(Topic.PROMPTS_ENCODED, 1).size());
            String transactionalId = settings().group() + "-tests-encoder-test";
            try (var rival = new KafkaClients(cluster.settings).transactionalProducer(transactionalId)) {
                rival.initTransactions();
            }
            cluster.submit("after");
            assertEquals(List.of("after", "before"), keys(cluster.read(Topic.PROMPTS_ENCODED, 2)));
            assertEquals(
                    1,
                    cluster.meters
                            .counter("surstream.worker.reconnections", "worker", "encoder")
                            .count());
            assertTrue(worker.isLive());
        }
    }

    @Test
    void closing_finishes_the_batch_in_hand() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        var worker = start("encoder", batch -> {
            begun.countDown();
            closing.await();
            return encodeAll(batch);
        });
        cluster.submit("job-1");
        begun.await();
        Thread closer = new Thread(worker::close);
        closer.start();
        await().until(() -> !worker.isReady());
        closing.countDown();
        closer.join();
        assertEquals(List.of("job-1"), keys(cluster.read(Topic.PROMPTS_ENCODED, 1)));
    }

    @Test
    void a_batch_that_is_not_done_in_time_goes_to_the_next_worker() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        var stuck = cluster.streaming.batchWorker(
                WorkerDefinition.of(
                        "stuck",
                        Topic.PROMPTS_SUBMITTED,
                        PromptSubmitted.getDefaultInstance(),
                        DeadLetterListener.silent()),
                settings().withTimes(Duration.ofSeconds(60), Duration.ofMillis(50)),
                batch -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return List.of();
                });
        cluster.submit("job-1");
        begun.await();
        stuck.close();
        assertFalse(stuck.isLive());
        try (var next = start("next", BatchWorkerIT::encodeAll)) {
            assertEquals(List.of("job-1"), keys(cluster.read(Topic.PROMPTS_ENCODED, 1)));
            assertTrue(next.isLive());
        }
    }
}
