package io.surstream.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.streaming.batch.BatchSettings;
import io.surstream.streaming.deadletter.DeadLetterListener;
import io.surstream.streaming.event.Incoming;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.topic.DeadLetterHeaders;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.PromptCancelled;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records of clients that are not ours never stop a worker: odd keys, odd times, every form of an event. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StrangersRecordsIT {

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

    private static EventWorker encoder(TestCluster cluster) {
        WorkerDefinition<PromptSubmitted> definition = WorkerDefinition.of(
                "encoder",
                Topic.PROMPTS_SUBMITTED,
                PromptSubmitted.getDefaultInstance(),
                letter -> letter.jobId().stream()
                        .map(id -> letter.reply(Topic.IMAGES_SAMPLED, id, TestCluster.sampled(id)))
                        .toList());
        return cluster.streaming.batchWorker(
                definition, BatchSettings.of(cluster.topics.name(Topic.JOBS)), batch -> batch.stream()
                        .map(Incoming::event)
                        .map(event -> Outgoing.of(
                                Topic.PROMPTS_ENCODED, event.getJobId(), TestCluster.encoded(event.getJobId())))
                        .toList());
    }

    private static byte[] json(String jobId) {
        return ("{\"jobId\":\"" + jobId + "\",\"prompt\":\"a red heart\"}").getBytes(UTF_8);
    }

    private static Set<String> encoded(TestCluster cluster, int expected) {
        return cluster.read(Topic.PROMPTS_ENCODED, expected).stream()
                .map(found -> new String(found.key(), UTF_8))
                .collect(Collectors.toSet());
    }

    @Test
    void topics_that_we_make_have_the_brokers_time() throws Exception {
        try (TestCluster cluster = new TestCluster(broker, 1)) {
            Instant before = Instant.now().minusSeconds(60);
            cluster.write(Topic.PROMPTS_SUBMITTED, -1L, null, json("a"));
            cluster.write(Topic.PROMPTS_SUBMITTED, 1_764_525_600L, null, json("b"));

            for (ConsumerRecord<byte[], byte[]> found : cluster.read(Topic.PROMPTS_SUBMITTED, 2)) {
                assertTrue(Instant.ofEpochMilli(found.timestamp()).isAfter(before), String.valueOf(found.timestamp()));
            }
        }
    }

    @Test
    void a_topic_with_the_clients_times_is_told_and_its_records_are_served() throws Exception {
        try (TestCluster cluster = new TestCluster(broker, 1)) {
            letClientsTellTheTime(cluster, Topic.PROMPTS_SUBMITTED);
            List<String> differences = List.of("topic " + cluster.topics.name(Topic.PROMPTS_SUBMITTED)
                    + " has message.timestamp.type CreateTime, the settings say LogAppendTime; it is left as it is");
            Awaitility.await("the broker knows the change")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> cluster.streaming.ensureTopics().equals(differences));
            cluster.write(Topic.PROMPTS_SUBMITTED, -1L, null, json("no-time"));
            cluster.write(Topic.PROMPTS_SUBMITTED, 0L, null, json("epoch"));
            cluster.write(Topic.PROMPTS_SUBMITTED, Instant.now().getEpochSecond(), null, json("seconds"));

            EventWorker worker = encoder(cluster);

            assertEquals(Set.of("no-time", "epoch", "seconds"), encoded(cluster, 3));
            assertTrue(worker.isLive());
            worker.close();
        }
    }

    private static void letClientsTellTheTime(TestCluster cluster, Topic topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            AlterConfigOp change = new AlterConfigOp(
                    new ConfigEntry("message.timestamp.type", "CreateTime"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(TopicDifference.resource(cluster.topics.name(topic)), List.of(change)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void the_value_names_the_job_and_the_key_names_nothing() throws Exception {
        try (TestCluster cluster = new TestCluster(broker, 2)) {
            cluster.write(Topic.PROMPTS_SUBMITTED, "user-42", json("good-1"));
            cluster.write(Topic.PROMPTS_SUBMITTED, "good-1", "{\"jobId\":\"stray-1\",\"promt\":1}".getBytes(UTF_8));
            cluster.write(Topic.PROMPTS_SUBMITTED, "good-1", "{\"promt\":1}".getBytes(UTF_8));

            EventWorker worker = encoder(cluster);

            assertEquals(Set.of("good-1"), encoded(cluster, 1));
            assertEquals(2, cluster.read(Topic.DEAD_LETTERS, 2).size());
            assertEquals(List.of("stray-1"), TestCluster.keys(cluster.read(Topic.IMAGES_SAMPLED, 1)));
            worker.close();
        }
    }

    @Test
    void a_topic_that_all_follow_has_its_dead_letters_once() throws Exception {
        try (TestCluster cluster = new TestCluster(broker, 2)) {
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            List<EventWorker> workers = new ArrayList<>();
            for (int instance = 0; instance < 2; instance++) {
                workers.add(cluster.streaming.followFromStart(
                        "ears-" + instance,
                        Topic.PROMPTS_CANCELLED,
                        PromptCancelled.getDefaultInstance(),
                        incoming -> heard.add(incoming.event().getJobId())));
                workers.add(cluster.streaming.deadLetterWorker(
                        WorkerDefinition.of(
                                "cancelled-" + instance,
                                Topic.PROMPTS_CANCELLED,
                                PromptCancelled.getDefaultInstance(),
                                DeadLetterListener.silent()),
                        cluster.topics.name(Topic.JOBS),
                        cancelled -> {}));
            }
            String type = "surstream.v1.PromptCancelled";
            byte[] message =
                    PromptCancelled.newBuilder().setJobId("protobuf").build().toByteArray();
            cluster.write(Topic.PROMPTS_CANCELLED, "k", message, "ce_type", type);
            cluster.write(Topic.PROMPTS_CANCELLED, null, "{\"jobId\":\"json\"}".getBytes(UTF_8));
            cluster.write(
                    Topic.PROMPTS_CANCELLED,
                    null,
                    "\uFEFF{\"job_id\":\"binary\"}".getBytes(UTF_8),
                    "ce_type",
                    type,
                    "ce_specversion",
                    "1.0",
                    "content-type",
                    "application/json");
            cluster.write(
                    Topic.PROMPTS_CANCELLED,
                    null,
                    ("{\"specversion\":\"1.0\",\"type\":\"" + type + "\",\"data\":{\"jobId\":\"structured\"}}")
                            .getBytes(UTF_8),
                    "content-type",
                    "application/cloudevents+json");
            cluster.write(Topic.PROMPTS_CANCELLED, null, "{\"jobId\":\"a\",\"raeson\":1}".getBytes(UTF_8));
            cluster.write(Topic.PROMPTS_CANCELLED, null, "cancel it".getBytes(UTF_8));

            List<String> types = cluster.read(Topic.DEAD_LETTERS, 2).stream()
                    .map(letter -> TestCluster.header(letter, DeadLetterHeaders.ERROR_TYPE))
                    .sorted()
                    .toList();
            assertEquals(List.of("MISSING_TYPE", "NOT_JSON"), types);
            Awaitility.await("both have heard").atMost(Duration.ofSeconds(30)).until(() -> heard.size() == 8);
            assertEquals(Set.of("protobuf", "json", "binary", "structured"), Set.copyOf(heard));
            workers.forEach(EventWorker::close);
        }
    }
}
