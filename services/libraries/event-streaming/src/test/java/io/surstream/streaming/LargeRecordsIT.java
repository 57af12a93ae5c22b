package io.surstream.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.streaming.batch.BatchSettings;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.topic.DeadLetterHeaders;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that are larger than their topic takes uncompressed: a batch counts by its compressed size. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@Tag("long")
class LargeRecordsIT {

    @TempDir
    static Path data;

    private static EmbeddedKafka broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static byte[] json(String jobId, int promptBytes) {
        String head = "{\"jobId\":\"" + jobId + "\",\"prompt\":\"";
        byte[] value = new byte[head.length() + promptBytes + 2];
        java.util.Arrays.fill(value, (byte) 'x');
        System.arraycopy(head.getBytes(UTF_8), 0, value, 0, head.length());
        value[value.length - 2] = '"';
        value[value.length - 1] = '}';
        return value;
    }

    private static EventWorker encoder(EventStreaming streaming) {
        WorkerDefinition<PromptSubmitted> definition = WorkerDefinition.of(
                "encoder",
                Topic.PROMPTS_SUBMITTED,
                PromptSubmitted.getDefaultInstance(),
                letter -> letter.jobId().stream()
                        .map(id -> letter.reply(Topic.IMAGES_SAMPLED, id, TestCluster.sampled(id)))
                        .toList());
        return streaming.batchWorker(
                definition, BatchSettings.of(streaming.topics().name(Topic.JOBS)), batch -> batch.stream()
                        .map(Incoming::event)
                        .map(event -> Outgoing.of(
                                Topic.PROMPTS_ENCODED, event.getJobId(), TestCluster.encoded(event.getJobId())))
                        .toList());
    }

    private static Set<String> keys(TestCluster cluster, Topic topic, int expected) {
        return cluster.read(topic, expected).stream()
                .map(found -> new String(found.key(), UTF_8))
                .collect(Collectors.toSet());
    }

    @Test
    void a_compressed_prompt_of_3_mb_is_read_and_one_of_100_mb_fails_alone() throws Exception {
        try (TestCluster cluster = new TestCluster(broker, 1)) {
            cluster.writeCompressed(
                    Topic.PROMPTS_SUBMITTED,
                    json("before", 10),
                    json("three", 3 << 20),
                    json("hundred", 100 << 20),
                    json("after", 10));

            EventWorker worker = encoder(cluster.streaming);

            assertEquals(Set.of("before", "three", "after"), keys(cluster, Topic.PROMPTS_ENCODED, 3));
            assertEquals(Set.of("hundred"), keys(cluster, Topic.IMAGES_SAMPLED, 1));
            var letter = cluster.read(Topic.DEAD_LETTERS, 1).get(0);
            assertEquals("RECORD_TOO_LARGE", TestCluster.header(letter, DeadLetterHeaders.ERROR_TYPE));
            assertEquals(
                    String.valueOf(json("hundred", 100 << 20).length),
                    TestCluster.header(letter, DeadLetterHeaders.TRUNCATED_FROM));
            worker.close();
        }
    }

    @Test
    void a_record_larger_than_the_workers_memory_is_passed_over_and_told() throws Exception {
        try (TestCluster cluster = new TestCluster(broker, 2)) {
            cluster.write(Topic.PROMPTS_SUBMITTED, "a", json("small-1", 10));
            cluster.write(Topic.PROMPTS_SUBMITTED, "b", json("small-2", 10));
            cluster.writeCompressed(
                    Topic.PROMPTS_SUBMITTED, json("first", 10), json("bomb", 300 << 20), json("lost", 10));
            cluster.writeCompressed(Topic.PROMPTS_SUBMITTED, json("next", 10));
            Process small = smallProcess(cluster);
            try {
                assertEquals(Set.of("small-1", "small-2", "first", "next"), keys(cluster, Topic.PROMPTS_ENCODED, 4));
                var letter = cluster.read(Topic.DEAD_LETTERS, 1).get(0);
                assertEquals("RECORD_TOO_LARGE", TestCluster.header(letter, DeadLetterHeaders.ERROR_TYPE));
                long first = Long.parseLong(TestCluster.header(letter, DeadLetterHeaders.FIRST_OFFSET));
                assertEquals(String.valueOf(first + 1), TestCluster.header(letter, DeadLetterHeaders.OFFSET));
                assertTrue(small.isAlive());
            } finally {
                small.destroy();
                small.waitFor(30, TimeUnit.SECONDS);
                small.destroyForcibly();
            }
        }
    }

    private static Process smallProcess(TestCluster cluster) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-Djava.util.logging.manager=" + System.getProperty("java.util.logging.manager"),
                "-cp",
                System.getProperty("java.class.path"),
                SmallEncoder.class.getName(),
                cluster.settings.bootstrapServers(),
                cluster.topics.name(Topic.JOBS).replaceAll("jobs$", "")));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("small.log").toFile())
                .start();
    }

    /** A worker with a small heap: servers, prefix of the topics. */
    static final class SmallEncoder {

        public static void main(String[] arguments) throws InterruptedException {
            EventStreaming streaming = new EventStreaming(
                    new KafkaSettings(arguments[0], "small", Map.of()),
                    new Topics(TopicSettings.defaults().withPrefix(arguments[1])),
                    "tests",
                    new SimpleMeterRegistry());
            EventWorker worker = encoder(streaming);
            Runtime.getRuntime().addShutdownHook(new Thread(worker::close));
            new CountDownLatch(1).await();
        }
    }
}
