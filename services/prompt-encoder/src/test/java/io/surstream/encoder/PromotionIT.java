package io.surstream.encoder;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.surstream.contract.training.Promotions;
import io.surstream.contract.training.Promotions.Attribution;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.EmbeddedS3;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.encoder.config.EncoderConfig;
import io.surstream.encoder.kafka.EncoderWorkers;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.FencedTopicLogs;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.topic.Topic;
import io.surstream.v1.AdapterChoice;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.PromptSubmitted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What promotions must tolerate; prompts that flow meanwhile are in the integration tests. A real broker, a real store and the bundled model; the
 * adapters have random weights.
 */
class PromotionIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static EmbeddedS3 s3;
    private static TestEncoder encoder;
    private static EventStreaming streaming;
    private static EncoderWorkers workers;
    private static EventPublisher publisher;
    private static TestAdapters adapters;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
        s3 = EmbeddedS3.start(EmbeddedS3Settings.in(folder.resolve("s3")));
        SmallRyeConfig config = TestEncoder.config(Map.of(
                "surstream.model", "playground",
                "surstream.encoder.adapter-scope", "both",
                "surstream.encoder.adapter-folder", folder.resolve("adapters").toString(),
                "surstream.kafka.bootstrap-servers", kafka.bootstrapServers(),
                "surstream.storage.endpoint", s3.endpoint().toString(),
                "surstream.storage.access-key", s3.accessKey(),
                "surstream.storage.secret-key", s3.secretKey()));
        EncoderConfig own = config.getConfigMapping(EncoderConfig.class);
        StorageConfig storage = config.getConfigMapping(StorageConfig.class);
        KafkaConfig cluster = config.getConfigMapping(KafkaConfig.class);
        encoder = TestEncoder.of(own, storage);
        adapters = new TestAdapters(
                folder.resolve("made"), new MinioObjectStore(storage.settings().withAttempts(1, Duration.ofMillis(1))));
        streaming = new EventStreaming(
                cluster.settings(), cluster.catalogue(), "prompt-encoder", new SimpleMeterRegistry());
        workers = EncoderWorkers.start(
                streaming, encoder.encoding(), encoder.promoted(), new MinioObjectStore(storage.settings()), own);
        publisher = streaming.publisher();
        await().atMost(PATIENCE).until(workers::isReady);
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            publisher.close();
            workers.close();
            encoder.promoted().close();
            s3.close();
            kafka.close();
        }
    }

    @Test
    void one_for_another_model_is_left_aside_and_the_next_one_is_taken() {
        CheckpointPublished good = adapters.make(encoder, 3);
        double refusals = counted("refusals", "canary");
        promote("canary", good.toBuilder().setModelRevision("someone-elses").build());

        promote("canary", good);

        await().atMost(PATIENCE).until(() -> revisionOf("canary").equals(good.getRevision()));
        assertEquals(refusals + 1, counted("refusals", "canary"));
    }

    @Test
    void a_revision_may_be_asked_for_as_soon_as_it_is_published() {
        CheckpointPublished checkpoint = adapters.make(encoder, 4);
        assertEquals("UNKNOWN_ADAPTER", revisionOf(checkpoint.getRevision()));

        publish(Topic.CHECKPOINTS_PUBLISHED, "run/1", checkpoint);

        await().atMost(PATIENCE)
                .until(() -> revisionOf(checkpoint.getRevision()).equals(checkpoint.getRevision()));
        assertEquals("none", revisionOf("none"));
    }

    @Test
    void a_torn_adapter_changes_nothing_until_it_has_been_put_right() {
        CheckpointPublished torn = adapters.make(encoder, 5);
        byte[] whole = adapters.tear(torn);
        String before = revisionOf("");
        double failures = counted("failures", "live");
        AdapterPromoted event = promote("live", torn);
        await().atMost(PATIENCE).until(() -> counted("failures", "live") > failures);
        assertEquals(before, revisionOf(""));

        adapters.repair(torn, whole);

        awaitServed(event);
    }

    @Test
    void a_store_that_is_gone_for_a_while_stops_no_prompt() {
        CheckpointPublished late = adapters.make(encoder, 6);
        String before = revisionOf("");
        int port = s3.endpoint().getPort();
        s3.close();
        double failures = counted("failures", "live");
        AdapterPromoted event = promote("live", late);
        await().atMost(PATIENCE).until(() -> counted("failures", "live") > failures);
        assertEquals(before, revisionOf(""));
        assertNotEquals(late.getRevision(), before);

        s3 = EmbeddedS3.start(EmbeddedS3Settings.in(folder.resolve("s3")).withPort(port));

        awaitServed(event);
    }

    private static double counted(String what, String channel) {
        return encoder.meters()
                .counter("surstream.encoder.adapter." + what, "channel", channel)
                .count();
    }

    private static AdapterPromoted promote(String channel, CheckpointPublished checkpoint) {
        return (AdapterPromoted) FencedTopicLogs.promotions(streaming)
                .append(channels -> Optional.of(Outgoing.of(
                        Topic.ADAPTERS_PROMOTED,
                        channel,
                        Promotions.promote(
                                Optional.ofNullable(channels.get(channel)),
                                channel,
                                checkpoint,
                                new Attribution("operator", "test", System.currentTimeMillis())))))
                .orElseThrow()
                .event();
    }

    private static void awaitServed(AdapterPromoted promotion) {
        await().atMost(PATIENCE).until(() -> revisionOf("live").equals(promotion.getRevision()));
    }

    /** Asks now, past the topic; the failure's type where it is refused. */
    private static String revisionOf(String adapter) {
        var result = encoder.encoding().encodeRequest(prompt(adapter));
        return result.hasFailure()
                ? result.getFailure().getType()
                : result.getEncoded().getAdapterRevision();
    }

    private static PromptSubmitted prompt(String adapter) {
        return PromptSubmitted.newBuilder()
                .setPrompt("a pair of hearts the colour of the sky")
                .setNegativePrompt("nothing")
                .setAdapter(AdapterChoice.newBuilder().setAdapter(adapter))
                .build();
    }

    private static void publish(Topic topic, String key, Message event) {
        publisher.publish(Outgoing.of(topic, key, event)).toCompletableFuture().join();
    }
}
