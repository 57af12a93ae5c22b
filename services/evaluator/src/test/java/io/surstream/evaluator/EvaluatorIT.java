package io.surstream.evaluator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.surstream.contract.Sha256;
import io.surstream.contract.failure.FailureStatus;
import io.surstream.embedded.EmbeddedKafka;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.EmbeddedS3;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.evaluator.app.EvaluatorAssembly;
import io.surstream.evaluator.checkpoint.EvaluationStore;
import io.surstream.evaluator.config.EvaluatorConfig;
import io.surstream.evaluator.grpc.EvaluatorEndpoint;
import io.surstream.evaluator.kafka.EvaluatorWorkers;
import io.surstream.evaluator.stages.CheckpointEvaluation;
import io.surstream.models.initialization.FreshAdapter;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.FencedTopicLogs;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.topic.Topic;
import io.surstream.testsupport.fixtures.RecordedAnswers;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.training.checkpoint.Manifest;
import io.surstream.v1.CheckpointEvaluated;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ObjectReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker, a real store and the bundled model; adapters with random weights, which spoil every image. */
class EvaluatorIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    static Path folder;

    private static final Queue<CheckpointEvaluated> EVALUATED = new ConcurrentLinkedQueue<>();
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
    private static EmbeddedKafka kafka;
    private static EmbeddedS3 s3;
    private static ObjectStore objects;
    private static CheckpointEvaluation evaluation;
    private static EventStreaming streaming;
    private static EvaluatorWorkers workers;
    private static EventWorker follower;
    private static EventPublisher publisher;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(folder.resolve("kafka")));
        s3 = EmbeddedS3.start(EmbeddedS3Settings.in(folder.resolve("s3")));
        SmallRyeConfig config = TestSettings.of(Map.of(
                "surstream.evaluator.prompts", "20",
                "surstream.evaluator.control-prompts", "10",
                "surstream.evaluator.steps", "2",
                "surstream.evaluator.resamples", "100",
                "surstream.evaluator.adapter-folder", folder.resolve("adapters").toString(),
                "surstream.kafka.bootstrap-servers", kafka.bootstrapServers(),
                "surstream.storage.endpoint", s3.endpoint().toString(),
                "surstream.storage.access-key", s3.accessKey(),
                "surstream.storage.secret-key", s3.secretKey()));
        EvaluatorConfig own = config.getConfigMapping(EvaluatorConfig.class);
        StorageConfig storage = config.getConfigMapping(StorageConfig.class);
        KafkaConfig cluster = config.getConfigMapping(KafkaConfig.class);
        objects = new MinioObjectStore(storage.settings());
        EvaluationStore store = new EvaluationStore(objects);
        store.open();
        evaluation = new EvaluatorAssembly().evaluation(own, storage, METERS);
        streaming = new EventStreaming(cluster.settings(), cluster.catalogue(), "evaluator", METERS);
        workers = EvaluatorWorkers.start(streaming, evaluation, store, own, METERS);
        follower = streaming.followFromStart(
                "evaluated",
                Topic.CHECKPOINTS_EVALUATED,
                CheckpointEvaluated.getDefaultInstance(),
                event -> EVALUATED.add(event.event()));
        publisher = streaming.publisher();
        await().atMost(PATIENCE).until(workers::isReady);
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            publisher.close();
            follower.close();
            workers.close();
            objects.close();
            s3.close();
            kafka.close();
        }
    }

    @Test
    void a_checkpoint_is_evaluated_once_and_told_as_often_as_it_is_published() throws IOException {
        CheckpointPublished checkpoint = checkpoint(1);

        publish("a/1", checkpoint);
        CheckpointEvaluated first = await().atMost(PATIENCE)
                .until(() -> answers(checkpoint), all -> all.size() == 1)
                .get(0);
        publish("a/2", checkpoint);
        await().atMost(PATIENCE).until(() -> answers(checkpoint).size() == 2);

        assertEquals(first, answers(checkpoint).get(1));
        assertEquals(
                1,
                METERS.get("surstream.evaluator.verdicts").counters().stream()
                        .mapToDouble(counter -> counter.count())
                        .sum());
        assertTrue(first.hasReport(), first.toString());
        assertEquals(20, first.getReport().getImages());
        String served = first.getReport().getServedRevision();
        assertTrue(served.matches("[0-9a-f]{16}"), "the model's own adapter serves, not " + served);
        JsonNode document = new ObjectMapper()
                .readTree(objects.get(first.getReport().getDocument().getKey()));
        assertEquals(
                first.getReport().getVerdict().name(), document.path("verdict").asText());
        assertEquals(20, document.path("prompts").size());
        assertEquals(10, document.path("control_prompts").size());
        assertEquals(10, document.at("/controls/colour/baseline/of").asInt());
        assertTrue(ImageIO.read(new ByteArrayInputStream(
                                objects.get(first.getReport().getContactSheet().getKey())))
                        .getWidth()
                > 0);
        assertTrue(FencedTopicLogs.promotions(streaming).read().isEmpty());
    }

    @Test
    void a_torn_checkpoint_and_one_for_another_model_are_refused_and_the_next_one_is_served() throws IOException {
        CheckpointPublished torn = checkpoint(2);
        String manifest = torn.getManifest().getKey();
        objects.put(manifest.replace("manifest.json", "settings.json"), new byte[] {1, 2, 3}, "application/json");
        CheckpointPublished foreign =
                checkpoint(3).toBuilder().setModelRevision("someone-elses").build();

        publish("b/1", torn);
        publish("b/2", foreign);

        await().atMost(PATIENCE)
                .until(() -> !answers(torn).isEmpty() && !answers(foreign).isEmpty());
        assertEquals("TORN_CHECKPOINT", answers(torn).get(0).getFailure().getType());
        assertEquals("MODEL_MISMATCH", answers(foreign).get(0).getFailure().getType());
        assertTrue(workers.isLive());
    }

    @Test
    void who_asks_by_grpc_is_answered_and_nothing_is_published() throws IOException {
        CheckpointPublished checkpoint = checkpoint(4);
        EvaluatorEndpoint endpoint = new EvaluatorEndpoint(evaluation);
        RecordedAnswers<CheckpointEvaluated> answers = new RecordedAnswers<>();

        endpoint.evaluate(checkpoint, answers);

        assertTrue(answers.completed);
        assertEquals(20, answers.values.get(0).getReport().getImages());
        assertEquals(checkpoint, answers.values.get(0).getCheckpoint());
        assertEquals("", answers.values.get(0).getReport().getDocument().getKey());
        assertEquals(List.of(), answers(checkpoint));
    }

    @Test
    void by_grpc_a_second_request_meanwhile_is_busy_a_wrong_one_refused_and_one_whose_client_leaves_given_up()
            throws IOException {
        EvaluatorEndpoint endpoint = new EvaluatorEndpoint(evaluation);
        RecordedAnswers<CheckpointEvaluated> second = new RecordedAnswers<>();
        RecordedAnswers<CheckpointEvaluated> wrong = new RecordedAnswers<>();
        CheckpointPublished checkpoint = checkpoint(5);
        RecordedAnswers<CheckpointEvaluated> leaving = new RecordedAnswers<>() {
            @Override
            public boolean isCancelled() {
                endpoint.evaluate(checkpoint, second);
                return true;
            }
        };

        endpoint.evaluate(checkpoint, leaving);
        endpoint.evaluate(
                checkpoint.toBuilder().setModelRevision("someone-elses").build(), wrong);

        assertFalse(leaving.ended());
        assertEquals("BUSY", FailureStatus.in(second.error).orElseThrow().getType());
        assertEquals(
                "MODEL_MISMATCH", FailureStatus.in(wrong.error).orElseThrow().getType());
    }

    private static List<CheckpointEvaluated> answers(CheckpointPublished checkpoint) {
        return EVALUATED.stream()
                .filter(event -> event.getCheckpoint().getRevision().equals(checkpoint.getRevision()))
                .toList();
    }

    private static void publish(String key, CheckpointPublished event) {
        publisher
                .publish(Outgoing.of(Topic.CHECKPOINTS_PUBLISHED, key, event))
                .toCompletableFuture()
                .join();
    }

    /** As the trainer leaves it: adapter, another file, and the manifest. */
    private static CheckpointPublished checkpoint(long seed) throws IOException {
        Path made = Files.createDirectories(folder.resolve("made").resolve(String.valueOf(seed)));
        SafetensorsWriter.write(
                made.resolve("adapter.safetensors"),
                new FreshAdapter(width()).weights(seed),
                Map.of("adapter_weight", "0.5", "layout", "token"),
                DType.FP32);
        Files.writeString(made.resolve("settings.json"), "{}");
        Manifest.write(made, List.of("adapter.safetensors", "settings.json"));
        String prefix = "checkpoints-of-tests/" + seed + "/";
        ObjectReference adapter = put(prefix, made.resolve("adapter.safetensors"));
        put(prefix, made.resolve("settings.json"));
        return CheckpointPublished.newBuilder()
                .setRunId("test")
                .setRevision(adapter.getSha256().substring(0, 16))
                .setAdapter(adapter)
                .setManifest(put(prefix, made.resolve("manifest.json")))
                .setAdapterWeight(0.5f)
                .setModelRevision(evaluation.model().revision())
                .build();
    }

    private static int width() throws IOException {
        return new ObjectMapper()
                .readTree(evaluation
                        .model()
                        .component("text_encoder")
                        .resolve("config.json")
                        .toFile())
                .path("hidden_size")
                .asInt();
    }

    private static ObjectReference put(String prefix, Path file) {
        String key = prefix + file.getFileName();
        objects.put(key, file, "application/octet-stream");
        return ObjectReference.newBuilder()
                .setBucket(objects.bucket())
                .setKey(key)
                .setSha256(Sha256.of(file))
                .build();
    }
}
