package io.surstream.trainer.app;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.contract.Sha256;
import io.surstream.contract.training.EmbeddingKey;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.EmbeddedPlatform;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.modelstore.tensors.TensorMessage;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.client.EventPublisher;
import io.surstream.streaming.event.Outgoing;
import io.surstream.streaming.loop.EventWorker;
import io.surstream.streaming.topic.Topic;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.trainer.config.TrainerConfig;
import io.surstream.trainer.publish.RunWatch;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.PromptEmbedded;
import io.surstream.v1.TeacherChoice;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingRun;
import io.surstream.v1.TrainingSettings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;

/** A real broker and a real store, what lies on them, and what is heard. */
final class TrainingCluster implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(5);
    static final TeacherChoice TEACHER = TeacherChoice.newBuilder()
            .setTeacher("test-teacher")
            .setLayer(2)
            .setPooling("last")
            .build();

    final SmallRyeConfig config;
    final MinioObjectStore objects;
    private final List<TrainingProgressed> progress = new CopyOnWriteArrayList<>();
    private final List<CheckpointPublished> checkpoints = new CopyOnWriteArrayList<>();
    private final List<EventWorker> ears = new ArrayList<>();
    private final EmbeddedPlatform platform;
    private final EventPublisher publisher;

    TrainingCluster(Path folder) {
        platform = EmbeddedPlatform.start(
                EmbeddedKafkaSettings.in(folder.resolve("kafka")),
                new EmbeddedS3Settings(folder.resolve("s3"), 0, "surstream", "surstream"));
        config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(TrainerConfig.class)
                .withMapping(KafkaConfig.class)
                .withMapping(StorageConfig.class)
                .withDefaultValues(Map.of(
                        "surstream.kafka.bootstrap-servers",
                        platform.kafka().bootstrapServers(),
                        "surstream.storage.endpoint",
                        platform.s3().endpoint().toString(),
                        "surstream.trainer.threads",
                        "1",
                        "surstream.trainer.work",
                        folder.resolve("work").toString(),
                        "surstream.trainer.progress-interval",
                        "0s",
                        "surstream.trainer.heartbeat",
                        "200ms",
                        "surstream.trainer.poll",
                        "200ms",
                        "surstream.trainer.lease-timeout",
                        "2s",
                        "java.io.tmpdir",
                        folder.toString()))
                .build();
        objects = new MinioObjectStore(
                config.getConfigMapping(StorageConfig.class).settings());
        objects.ensureBucket();
        EventStreaming streaming = streaming("test");
        streaming.ensureTopics();
        publisher = streaming.publisher();
        ears.add(streaming.follow(
                "progress",
                Topic.TRAINING_PROGRESSED,
                TrainingProgressed.getDefaultInstance(),
                e -> progress.add(e.event())));
        ears.add(streaming.follow(
                "checkpoints",
                Topic.CHECKPOINTS_PUBLISHED,
                CheckpointPublished.getDefaultInstance(),
                e -> checkpoints.add(e.event())));
        await().atMost(PATIENCE).until(() -> ears.stream().allMatch(EventWorker::isReady));
    }

    EventStreaming streaming(String service) {
        KafkaConfig kafka = config.getConfigMapping(KafkaConfig.class);
        return new EventStreaming(kafka.settings(), kafka.catalogue(), service, new SimpleMeterRegistry());
    }

    void publish(Topic topic, String key, Message event) {
        publisher.publish(Outgoing.of(topic, key, event)).toCompletableFuture().join();
    }

    void example(String dataset, int number) throws Exception {
        BufferedImage image = new BufferedImage(80, 64, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().fillRect(8 * number, 8, 24, 40);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        String key = "examples/" + dataset + "-" + number + ".png";
        objects.put(key, png.toByteArray(), "image/png");
        curate(dataset, number, key, png.size());
        teach("a white block at place " + number, number);
    }

    void curate(String dataset, int number, String key, int size) {
        publish(
                Topic.EXAMPLES_CURATED,
                dataset + "/" + number,
                ExampleCurated.newBuilder()
                        .setDataset(dataset)
                        .setExampleId(Sha256.of(new byte[] {(byte) number}))
                        .setSimplePrompt("a white block at place " + number)
                        .setComplexPrompt("1 square, white, alone, black background, flat")
                        .setImage(ObjectReference.newBuilder()
                                .setBucket(objects.bucket())
                                .setKey(key)
                                .setSize(size))
                        .build());
    }

    void teach(String prompt, int number) {
        float[] vector = new float[12];
        vector[number % 12] = 1;
        publish(
                Topic.EXAMPLES_EMBEDDED,
                EmbeddingKey.of(TEACHER, prompt),
                PromptEmbedded.newBuilder()
                        .setPrompt(prompt)
                        .setTeacher(TEACHER)
                        .setEmbedding(TensorMessage.of(FloatTensor.of(vector, vector.length)))
                        .build());
    }

    void request(String runId, TrainingSettings.Builder settings) {
        request(runId, "hearts", settings);
    }

    void request(String runId, String dataset, TrainingSettings.Builder settings) {
        publish(
                Topic.TRAINING_REQUESTED,
                runId,
                TrainingRequested.newBuilder()
                        .setRunId(runId)
                        .setStart(TrainingRun.newBuilder().setDataset(dataset).setSettings(settings))
                        .setRequestedAtMs(System.currentTimeMillis())
                        .build());
    }

    TrainingProgressed end(String runId) {
        await().atMost(PATIENCE).until(() -> news(runId).stream().anyMatch(RunWatch::isEnd));
        return news(runId).stream().filter(RunWatch::isEnd).findFirst().orElseThrow();
    }

    List<TrainingProgressed> news(String runId) {
        return progress.stream().filter(each -> each.getRunId().equals(runId)).toList();
    }

    List<CheckpointPublished> checkpoints(String runId) {
        return checkpoints.stream()
                .filter(each -> each.getRunId().equals(runId))
                .toList();
    }

    @Override
    public void close() {
        ears.forEach(EventWorker::close);
        publisher.close();
        objects.close();
        platform.close();
    }
}
