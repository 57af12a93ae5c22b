package io.surstream.it.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.surstream.contract.training.EmbeddingKey;
import io.surstream.embedded.EmbeddedKafkaSettings;
import io.surstream.embedded.EmbeddedPlatform;
import io.surstream.embedded.EmbeddedS3Settings;
import io.surstream.it.processes.KafkaEdge;
import io.surstream.it.processes.ServiceProcess;
import io.surstream.it.processes.TestModel;
import io.surstream.it.processes.TopicReader;
import io.surstream.modelstore.tensors.TensorMessage;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoreSettings;
import io.surstream.torch.tensor.FloatTensor;
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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainers as processes of their own, one of them killed as the out-of-memory killer would. */
@Tag("long")
class TrainerKilledIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int STEPS = 12;

    @TempDir
    Path data;

    @Test
    void a_run_that_was_killed_and_taken_over_ends_in_the_adapter_of_one_that_was_not() throws Exception {
        try (EmbeddedPlatform platform = EmbeddedPlatform.start(
                        EmbeddedKafkaSettings.in(data.resolve("kafka")), EmbeddedS3Settings.in(data.resolve("s3")));
                ObjectStore store = store(platform);
                ServiceProcess victim = trainer(platform, "victim").awaitReady();
                KafkaEdge kafka = new KafkaEdge(platform.kafka().bootstrapServers());
                TopicReader progressed =
                        new TopicReader(platform.kafka().bootstrapServers(), "surstream.training.progressed");
                TopicReader published =
                        new TopicReader(platform.kafka().bootstrapServers(), "surstream.checkpoints.published")) {
            for (int number = 0; number < 3; number++) {
                example(kafka, store, number);
            }
            request(kafka, "killed");
            published.await(record -> record.key().equals("killed/4"), LIMIT);
            victim.kill();

            try (ServiceProcess heir = trainer(platform, "heir").awaitReady()) {
                TrainingProgressed end = end(progressed, "killed");
                request(kafka, "calm");
                assertEquals(
                        TrainingProgressed.State.COMPLETED,
                        end(progressed, "calm").getState());

                assertEquals(TrainingProgressed.State.COMPLETED, end.getState());
                assertTrue(end.getTrainer().startsWith("heir"), end::getTrainer);
                assertTrue(heir.isAlive());
                assertArrayEquals(adapter(published, store, "calm"), adapter(published, store, "killed"));
                assertEquals(
                        STEPS / 2,
                        store.list("training/runs/killed/published/").size(),
                        "one checkpoint for each second step");
            }
        }
    }

    private ServiceProcess trainer(EmbeddedPlatform platform, String name) {
        return ServiceProcess.start(
                "trainer",
                Map.of(
                        "surstream.model", TestModel.REFERENCE,
                        "surstream.threads", "1",
                        "surstream.trainer.work", data.resolve("work-" + name).toString(),
                        "surstream.trainer.lease-timeout", "5s",
                        "surstream.kafka.bootstrap-servers", platform.kafka().bootstrapServers(),
                        "surstream.kafka.instance", name,
                        "surstream.storage.endpoint", platform.s3().endpoint().toString(),
                        "surstream.storage.access-key", platform.s3().accessKey(),
                        "surstream.storage.secret-key", platform.s3().secretKey()));
    }

    private static ObjectStore store(EmbeddedPlatform platform) {
        ObjectStore store = new MinioObjectStore(StoreSettings.of(
                platform.s3().endpoint(),
                platform.s3().accessKey(),
                platform.s3().secretKey(),
                "surstream"));
        store.ensureBucket();
        return store;
    }

    private static void example(KafkaEdge kafka, ObjectStore store, int number) throws IOException {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().fillRect(10 * number, 8, 24, 40);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        String key = "examples/" + number + ".png";
        store.put(key, png.toByteArray(), "image/png");
        String prompt = "a white block at place " + number;
        publish(
                kafka,
                "examples.curated",
                "blocks/" + number,
                ExampleCurated.newBuilder()
                        .setDataset("blocks")
                        .setExampleId(String.valueOf(number))
                        .setSimplePrompt(prompt)
                        .setComplexPrompt("1 square, white, alone, black background, flat")
                        .setImage(ObjectReference.newBuilder()
                                .setBucket(store.bucket())
                                .setKey(key)
                                .setSize(png.size()))
                        .build());
        TeacherChoice teacher =
                TeacherChoice.newBuilder().setTeacher("test").setPooling("last").build();
        publish(
                kafka,
                "examples.embedded",
                EmbeddingKey.of(teacher, prompt),
                PromptEmbedded.newBuilder()
                        .setPrompt(prompt)
                        .setTeacher(teacher)
                        .setEmbedding(TensorMessage.of(FloatTensor.of(new float[] {number, 1, 2, 3}, 4)))
                        .build());
    }

    private static void request(KafkaEdge kafka, String runId) {
        publish(
                kafka,
                "training.requested",
                runId,
                TrainingRequested.newBuilder()
                        .setRunId(runId)
                        .setStart(TrainingRun.newBuilder()
                                .setDataset("blocks")
                                .setSettings(TrainingSettings.newBuilder()
                                        .setMaxTrainSteps(STEPS)
                                        .setCheckpointingSteps(2)
                                        .setGradientAccumulationSteps(2)
                                        .setResolution(64)
                                        .setLlmWeight(0.01)
                                        .setLearningRate(1e-3)))
                        .build());
    }

    private static void publish(KafkaEdge kafka, String topic, String key, Message event) {
        kafka.publish(topic, key, event.toByteArray(), KafkaEdge.cloudEvent(event));
    }

    private static TrainingProgressed end(TopicReader progressed, String runId) {
        return news(progressed.await(
                record -> record.key().equals(runId)
                        && news(record).getState().getNumber() >= TrainingProgressed.State.COMPLETED_VALUE,
                LIMIT));
    }

    private static TrainingProgressed news(ConsumerRecord<String, byte[]> record) {
        return TopicReader.event(TrainingProgressed.parser(), record);
    }

    private static byte[] adapter(TopicReader published, ObjectStore store, String runId) {
        CheckpointPublished last = TopicReader.event(
                CheckpointPublished.parser(),
                published.await(record -> record.key().equals(runId + "/" + STEPS), LIMIT));
        assertTrue(last.getFinal());
        return store.get(last.getAdapter().getKey());
    }
}
