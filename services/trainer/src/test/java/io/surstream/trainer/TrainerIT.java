package io.surstream.trainer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.EmbeddedPlatform;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.Sha256;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.EventPublisher;
import io.surstream.streaming.EventStreaming;
import io.surstream.streaming.EventWorker;
import io.surstream.streaming.KafkaConfig;
import io.surstream.streaming.Outgoing;
import io.surstream.streaming.Topic;
import io.surstream.tensors.TensorMessage;
import io.surstream.torch.FloatTensor;
import io.surstream.trainer.config.TrainerConfig;
import io.surstream.trainer.intake.RunRegister;
import io.surstream.trainer.publish.RunWatch;
import io.surstream.trainer.publish.TrainerMeters;
import io.surstream.trainer.store.RunStore;
import io.surstream.trainer.train.RunOpener;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ExampleCurated;
import io.surstream.v1.ObjectReference;
import io.surstream.v1.PromptTaught;
import io.surstream.v1.TaughtKey;
import io.surstream.v1.TeacherChoice;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingProgressed.State;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingRun;
import io.surstream.v1.TrainingSettings;
import io.surstream.v1.TrainingStop;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker, a real store and the bundled model; trainers that share them as processes would. */
class TrainerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final TeacherChoice TEACHER = TeacherChoice.newBuilder()
            .setTeacher("test-teacher")
            .setLayer(2)
            .setPooling("last")
            .build();
    private static final int STEPS = 6;

    @TempDir
    static Path folder;

    private static final List<TrainingProgressed> PROGRESS = new CopyOnWriteArrayList<>();
    private static final List<CheckpointPublished> CHECKPOINTS = new CopyOnWriteArrayList<>();
    private static EmbeddedPlatform platform;
    private static SmallRyeConfig config;
    private static MinioObjectStore objects;
    private static EventPublisher publisher;
    private static final List<EventWorker> EARS = new ArrayList<>();

    private final List<RunningTrainer> trainers = new ArrayList<>();
    private final CountDownLatch forEver = new CountDownLatch(1);

    @BeforeAll
    static void start() throws Exception {
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
                        "surstream.trainer.claim-timeout",
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
        EARS.add(streaming.follow(
                "progress",
                Topic.TRAINING_PROGRESSED,
                TrainingProgressed.getDefaultInstance(),
                e -> PROGRESS.add(e.event())));
        EARS.add(streaming.follow(
                "checkpoints",
                Topic.CHECKPOINTS_PUBLISHED,
                CheckpointPublished.getDefaultInstance(),
                e -> CHECKPOINTS.add(e.event())));
        await().atMost(PATIENCE).until(() -> EARS.stream().allMatch(EventWorker::isReady));
        for (int i = 0; i < 4; i++) {
            example("hearts", i);
        }
    }

    @AfterAll
    static void stop() {
        EARS.forEach(EventWorker::close);
        publisher.close();
        objects.close();
        platform.close();
    }

    @AfterEach
    void endTrainers() {
        forEver.countDown();
        trainers.forEach(RunningTrainer::close);
    }

    private static EventStreaming streaming(String service) {
        KafkaConfig kafka = config.getConfigMapping(KafkaConfig.class);
        return new EventStreaming(kafka.settings(), kafka.catalogue(), service, new SimpleMeterRegistry());
    }

    private static void publish(Topic topic, String key, Message event) {
        publisher.publish(Outgoing.of(topic, key, event)).toCompletableFuture().join();
    }

    private static void example(String dataset, int number) throws Exception {
        BufferedImage image = new BufferedImage(80, 64, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().fillRect(8 * number, 8, 24, 40);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        String key = "examples/" + dataset + "-" + number + ".png";
        objects.put(key, png.toByteArray(), "image/png");
        curate(dataset, number, key, png.size());
        teach("a white block at place " + number, number);
    }

    private static void curate(String dataset, int number, String key, int size) {
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

    private static void teach(String prompt, int number) {
        float[] vector = new float[12];
        vector[number % 12] = 1;
        publish(
                Topic.EXAMPLES_TAUGHT,
                TaughtKey.of(TEACHER, prompt),
                PromptTaught.newBuilder()
                        .setPrompt(prompt)
                        .setTeacher(TEACHER)
                        .setEmbedding(TensorMessage.of(FloatTensor.of(vector, vector.length)))
                        .build());
    }

    private RunningTrainer trainer(String name, CuttableStore way, UnaryOperator<RunOpener> behind) {
        TrainerConfig own = config.getConfigMapping(TrainerConfig.class);
        RunRequests requests = new RunRequests(new RunRegister(new RunStore(way)), new RunWatch());
        RunOpener opener = new TrainerAssembly().opener(own, config.getConfigMapping(StorageConfig.class), objects);
        RunningTrainer trainer = RunningTrainer.start(
                streaming(name),
                way,
                requests,
                behind.apply(opener),
                new TrainerMeters(new SimpleMeterRegistry()),
                own,
                name);
        trainers.add(trainer);
        return trainer;
    }

    private RunningTrainer trainer(String name) {
        return trainer(name, new CuttableStore(objects), UnaryOperator.identity());
    }

    /** Before a step, the way to the store is cut and the trainer stands still: as good as dead. */
    private RunningTrainer dying(String name, int atStep) {
        CuttableStore way = new CuttableStore(objects);
        return trainer(
                name,
                way,
                opener -> (plan, waiting) -> new InterceptedRun(opener.open(plan, waiting), step -> {
                    if (step == atStep) {
                        way.cut();
                        forEver.await();
                    }
                }));
    }

    private static void request(String runId, TrainingSettings.Builder settings) {
        request(runId, "hearts", settings);
    }

    private static void request(String runId, String dataset, TrainingSettings.Builder settings) {
        publish(
                Topic.TRAINING_REQUESTED,
                runId,
                TrainingRequested.newBuilder()
                        .setRunId(runId)
                        .setStart(TrainingRun.newBuilder().setDataset(dataset).setSettings(settings))
                        .setRequestedAtMs(System.currentTimeMillis())
                        .build());
    }

    private static TrainingSettings.Builder settings() {
        return TrainingSettings.newBuilder()
                .setMaxTrainSteps(STEPS)
                .setCheckpointingSteps(2)
                .setGradientAccumulationSteps(1)
                .setResolution(64)
                .setLearningRate(1e-3)
                .setLlmWeight(0.01)
                .setPromptWeight(0.01)
                .setSeed(5);
    }

    private static TrainingProgressed end(String runId) {
        await().atMost(PATIENCE).until(() -> news(runId).stream().anyMatch(RunWatch::isEnd));
        return news(runId).stream().filter(RunWatch::isEnd).findFirst().orElseThrow();
    }

    private static List<TrainingProgressed> news(String runId) {
        return PROGRESS.stream().filter(each -> each.getRunId().equals(runId)).toList();
    }

    private static List<CheckpointPublished> checkpoints(String runId) {
        return CHECKPOINTS.stream()
                .filter(each -> each.getRunId().equals(runId))
                .toList();
    }

    private static byte[] lastAdapter(String runId) {
        await().atMost(PATIENCE)
                .until(() -> checkpoints(runId).stream().anyMatch(each -> each.getGlobalStep() == STEPS));
        CheckpointPublished last = checkpoints(runId).stream()
                .filter(each -> each.getGlobalStep() == STEPS)
                .findFirst()
                .orElseThrow();
        assertTrue(last.getFinal());
        return objects.get(last.getAdapter().getKey());
    }

    @Test
    void a_run_completes_and_publishes_whole_checkpoints() throws Exception {
        trainer("whole");
        request("whole", settings());

        TrainingProgressed end = end("whole");

        assertEquals(State.COMPLETED, end.getState());
        assertEquals("4 examples", end.getActivity());
        assertTrue(end.getLosses().getDenoising() > 0 && end.getLosses().getGradNorm() > 0, end::toString);
        assertEquals(
                List.of(2, 4, 6),
                checkpoints("whole").stream()
                        .map(CheckpointPublished::getGlobalStep)
                        .toList());
        for (CheckpointPublished checkpoint : checkpoints("whole")) {
            assertEquals(TEACHER, checkpoint.getTeacher());
            assertEquals(
                    checkpoint.getAdapter().getSha256(),
                    Sha256.of(objects.get(checkpoint.getAdapter().getKey())));
            assertFalse(objects.get(checkpoint.getManifest().getKey()).length == 0);
        }
        assertEquals(State.PREPARING, news("whole").get(0).getState());
        assertEquals(1, objects.list("training/runs/whole/tensorboard/").size());
        assertFalse(objects.list("training/features/").isEmpty());
    }

    @Test
    void a_trainer_that_dies_is_followed_by_another_to_the_same_adapter_byte_for_byte() {
        RunningTrainer calm = trainer("calm");
        request("calm", settings());
        assertEquals(State.COMPLETED, end("calm").getState());
        calm.close();
        RunningTrainer dead = dying("dead", 3);
        request("taken-over", settings());
        await().atMost(PATIENCE).until(() -> !checkpoints("taken-over").isEmpty());

        trainer("heir");

        assertEquals(State.COMPLETED, end("taken-over").getState());
        assertTrue(end("taken-over").getTrainer().startsWith("heir"), () -> end("taken-over")
                .getTrainer());
        assertTrue(dead.isLive());
        assertArrayEquals(lastAdapter("calm"), lastAdapter("taken-over"));
    }

    @Test
    void settings_that_cannot_be_used_are_refused_and_the_next_good_run_is_served() {
        trainer("strict");
        request("bad", settings().setLearningRate(-1).setLayout("sideways"));
        request("good", settings().setMaxTrainSteps(1));

        TrainingProgressed refused = end("bad");

        assertEquals("INVALID_ARGUMENT", refused.getFailure().getType());
        assertEquals(
                "start.settings.learning_rate, start.settings.layout",
                refused.getFailure().getField());
        assertEquals(State.COMPLETED, end("good").getState());
    }

    @Test
    void pictures_that_cannot_be_decoded_are_left_out_and_counted() throws Exception {
        trainer("lenient");
        example("mixed", 20);
        objects.put("examples/broken.png", "no picture at all".getBytes(), "image/png");
        curate("mixed", 21, "examples/broken.png", 17);
        curate("mixed", 22, "examples/gone.png", 17);
        teach("a white block at place 21", 21);
        teach("a white block at place 22", 22);
        request("mixed", "mixed", settings().setMaxTrainSteps(1));

        TrainingProgressed end = end("mixed");

        assertEquals(State.COMPLETED, end.getState());
        assertEquals("1 example; left out: {MISSING=1, UNKNOWN_FORMAT=1}", end.getActivity());
    }

    @Test
    void a_run_that_is_stopped_while_it_waits_for_its_examples_ends_as_stopped() {
        trainer("patient");
        request("waiting", "empty", settings());
        await().atMost(PATIENCE).until(() -> news("waiting").stream()
                .anyMatch(each -> each.getActivity().equals("0 of 0 examples taught")));

        publish(
                Topic.TRAINING_REQUESTED,
                "waiting",
                TrainingRequested.newBuilder()
                        .setRunId("waiting")
                        .setStop(TrainingStop.newBuilder().setReason("never mind"))
                        .build());

        assertEquals(State.STOPPED, end("waiting").getState());
        assertEquals("never mind", end("waiting").getActivity());
    }
}
