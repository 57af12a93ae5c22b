package io.surstream.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.EmbeddedPlatform;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StoreSettings;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.client.KafkaSettings;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.streaming.topic.TopicSettings;
import io.surstream.streaming.topic.Topics;
import io.surstream.v1.PromptSubmitted;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The two commands against an embedded broker and store. */
class RestoreIT {
    private static final byte[] IMAGE = {1, 2, 3};

    @TempDir
    static Path folder;

    private static EmbeddedPlatform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = EmbeddedPlatform.start(
                EmbeddedKafkaSettings.in(folder.resolve("kafka")), EmbeddedS3Settings.in(folder.resolve("s3")));
        EventStreaming streaming = new EventStreaming(
                new KafkaSettings(platform.kafka().bootstrapServers(), "test", Map.of()),
                new Topics(TopicSettings.defaults()),
                "test",
                new SimpleMeterRegistry());
        streaming.ensureTopics();
        try (EventPublisher publisher = streaming.publisher();
                MinioObjectStore store = bucket("house")) {
            PromptSubmitted job = PromptSubmitted.newBuilder().setJobId("job").build();
            publisher
                    .publish(Outgoing.of(Topic.PROMPTS_SUBMITTED, "job", job))
                    .toCompletableFuture()
                    .get();
            store.ensureBucket();
            store.put("images/job/0.png", IMAGE, "image/png");
        }
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void a_restore_that_is_refused_by_the_topics_leaves_the_bucket_alone() {
        // given
        Path saved = folder.resolve("saved");
        assertEquals(0, run("backup", saved, "--bucket", "house").exit());
        // when topics are where they were, with records in them
        Said refused = run("restore", saved, "--bucket", "other");
        // then
        assertEquals(1, refused.exit(), refused.toString());
        assertTrue(refused.err().contains("holds records already"), refused.err());
        try (MinioObjectStore other = bucket("other")) {
            assertFalse(other.hasBucket());
        }
    }

    @Test
    void objects_and_topics_come_back_under_other_names() {
        // given
        Path saved = folder.resolve("moved");
        assertEquals(0, run("backup", saved, "--bucket", "house").exit());
        // when
        Said done = run("restore", saved, "--bucket", "moved", "--topic-prefix", "moved.");
        // then
        assertEquals(0, done.exit(), done.toString());
        try (MinioObjectStore moved = bucket("moved")) {
            assertArrayEquals(IMAGE, moved.get("images/job/0.png"));
        }
    }

    private record Said(int exit, String out, String err) {}

    private static Said run(String command, Path backup, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                backup.toString(),
                "--data",
                folder.resolve("nothing-runs-here").toString(),
                "--bootstrap",
                platform.kafka().bootstrapServers(),
                "--storage",
                platform.s3().endpoint().toString(),
                "--access-key",
                platform.s3().accessKey(),
                "--secret-key",
                platform.s3().secretKey()));
        arguments.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Surstream.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = line.execute(arguments.toArray(String[]::new));
        return new Said(exit, out.toString(), err.toString());
    }

    private static MinioObjectStore bucket(String name) {
        return new MinioObjectStore(StoreSettings.of(
                platform.s3().endpoint(),
                platform.s3().accessKey(),
                platform.s3().secretKey(),
                name));
    }
}
