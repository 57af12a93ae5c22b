package io.surstream.platformsetup.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.streaming.TestCluster;
import io.surstream.streaming.batch.BatchSettings;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.loop.WorkerDefinition;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.PromptSubmitted;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicBackupIT {
    @TempDir
    static Path data;

    private static EmbeddedKafka broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void topics_come_back_as_they_were_with_every_record_in_its_partition() throws Exception {
        try (TestCluster lost = new TestCluster(broker, 3);
                TestCluster empty = new TestCluster(broker, 1)) {
            lost.write(Topic.JOBS, "a", "first".getBytes(UTF_8), "ce_id", "1");
            lost.write(Topic.JOBS, "b", null);
            lost.write(Topic.DEAD_LETTERS, null, new byte[1_000_000]);
            forget(empty);

            Map<String, Long> saved = backup(lost).save(folder, List.of("no-such-topic"));
            Map<String, Long> loaded = restore(empty).load(folder);

            assertEquals(Topic.values().length, saved.size());
            assertEquals(saved, Map.copyOf(loaded));
            for (Topic topic : List.of(Topic.JOBS, Topic.DEAD_LETTERS)) {
                assertEquals(shape(lost, topic), shape(empty, topic));
            }
            assertTrue(
                    empty.streaming.ensureTopics().stream().allMatch(difference -> difference.contains("partitions")));
        }
    }

    @Test
    void of_work_only_what_its_service_has_not_done_is_kept() throws Exception {
        try (TestCluster cluster = new TestCluster(broker, 1)) {
            cluster.submit("done-1", "done-2");
            WorkerDefinition<PromptSubmitted> encoder = WorkerDefinition.of(
                    "encoder", Topic.PROMPTS_SUBMITTED, PromptSubmitted.getDefaultInstance(), letter -> List.of());
            EventWorker worker =
                    cluster.streaming.batchWorker(encoder, BatchSettings.of("prompt-encoder"), batch -> batch.stream()
                            .map(each ->
                                    Outgoing.of(Topic.PROMPTS_ENCODED, each.key(), TestCluster.encoded(each.key())))
                            .toList());
            assertEquals(2, cluster.read(Topic.PROMPTS_ENCODED, 2).size());
            worker.close();
            streamsGroupHasRead(cluster);
            cluster.submit("waits");

            Map<String, Long> saved = backup(cluster).save(folder, List.of());

            assertEquals(1, saved.get("prompts.submitted"));
            assertEquals(2, saved.get("prompts.encoded"), "no sampler has said how far it is");
        }
    }

    @Test
    void an_encoded_prompt_whose_job_has_ended_is_not_kept_wherever_its_group_is() throws Exception {
        try (TestCluster cluster = new TestCluster(broker, 2)) {
            for (String job : List.of("done", "waits", "done-too")) {
                cluster.publish(Outgoing.of(Topic.PROMPTS_ENCODED, job, TestCluster.encoded(job)));
            }
            for (String job : List.of("done", "done-too")) {
                cluster.publish(Outgoing.of(Topic.IMAGES_SAMPLED, job, TestCluster.sampled(job)));
            }

            backup(cluster).save(folder, List.of());
            forget(cluster);
            restore(cluster).load(folder);

            assertEquals(List.of("waits"), TestCluster.keys(cluster.read(Topic.PROMPTS_ENCODED, 1)));
        }
    }

    @Test
    void a_record_of_several_megabytes_comes_back() throws Exception {
        try (TestCluster cluster = new TestCluster(broker, 1);
                TestCluster empty = new TestCluster(broker, 1)) {
            byte[] large = ("{\"jobId\":\"three\",\"prompt\":\"" + "x".repeat(3 << 20) + "\"}").getBytes(UTF_8);
            cluster.writeCompressed(Topic.PROMPTS_SUBMITTED, large);

            backup(cluster).save(folder, List.of());
            restore(empty).load(folder);

            assertArrayEquals(
                    large, empty.read(Topic.PROMPTS_SUBMITTED, 1).get(0).value());
        }
    }

    /** The gateway's view reads the topic too; here a consumer group of its name stands for it. */
    private static void streamsGroupHasRead(TestCluster cluster) throws Exception {
        WorkerDefinition<PromptSubmitted> view = WorkerDefinition.of(
                "view", Topic.PROMPTS_SUBMITTED, PromptSubmitted.getDefaultInstance(), letter -> List.of());
        EventWorker worker =
                cluster.streaming.batchWorker(view, BatchSettings.of("surstream-gateway"), batch -> List.of());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Awaitility.await("the view has read")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> admin
                            .listConsumerGroupOffsets("surstream-gateway")
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .values()
                            .stream()
                            .anyMatch(committed -> committed != null && committed.offset() >= 2));
        } finally {
            worker.close();
        }
    }

    @Test
    void torn_file_and_topic_in_use_are_refused_before_anything_is_written() throws Exception {
        try (TestCluster lost = new TestCluster(broker, 1);
                TestCluster used = new TestCluster(broker, 1)) {
            lost.write(Topic.JOBS, "a", "first".getBytes(UTF_8));
            used.write(Topic.JOBS, "b", "other".getBytes(UTF_8));
            backup(lost).save(folder, List.of());

            BackupException inUse =
                    assertThrows(BackupException.class, () -> restore(used).load(folder));
            assertTrue(
                    inUse.getMessage().contains(used.topics.name(Topic.JOBS) + " holds records"), inUse.getMessage());

            Path file = folder.resolve("jobs.records.gz");
            try (RandomAccessFile torn = new RandomAccessFile(file.toFile(), "rw")) {
                torn.setLength(torn.length() - 20);
            }
            forget(used);
            BackupException tornOff =
                    assertThrows(BackupException.class, () -> restore(used).load(folder));
            assertTrue(tornOff.getMessage().contains("is truncated"), tornOff.getMessage());
        }
    }

    private static TopicBackup backup(TestCluster cluster) {
        return new TopicBackup(cluster.settings, cluster.topics);
    }

    private static TopicRestore restore(TestCluster cluster) {
        return new TopicRestore(cluster.settings, cluster.topics);
    }

    private static void forget(TestCluster cluster) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            List<String> names =
                    Arrays.stream(Topic.values()).map(cluster.topics::name).toList();
            admin.deleteTopics(names).all().get();
            Awaitility.await("topics are gone")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> admin.listTopics().names().get().stream().noneMatch(names::contains));
        }
    }

    private static List<String> shape(TestCluster cluster, Topic topic) {
        return cluster.read(topic, 1).stream()
                .map(TopicBackupIT::shape)
                .sorted()
                .toList();
    }

    private static String shape(ConsumerRecord<byte[], byte[]> record) {
        return record.partition() + " " + Arrays.toString(record.key()) + " " + Arrays.hashCode(record.value()) + " "
                + record.headers();
    }
}
