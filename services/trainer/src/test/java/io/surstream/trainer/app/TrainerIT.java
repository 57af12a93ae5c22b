package io.surstream.trainer.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.contract.Sha256;
import io.surstream.storage.StorageConfig;
import io.surstream.streaming.topic.Topic;
import io.surstream.trainer.config.TrainerConfig;
import io.surstream.trainer.publish.RunWatch;
import io.surstream.trainer.publish.TrainerMeters;
import io.surstream.trainer.run.CuttableStore;
import io.surstream.trainer.run.InterceptedRun;
import io.surstream.trainer.run.RunRequests;
import io.surstream.trainer.run.RunningTrainer;
import io.surstream.trainer.store.RunStore;
import io.surstream.trainer.train.RunOpener;
import io.surstream.trainer.validation.RunRegister;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingProgressed.State;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingSettings;
import io.surstream.v1.TrainingStop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainers with the bundled model, on a real broker and a real store that they share as processes would. */
class TrainerIT {
    private static final int STEPS = 6;

    @TempDir
    static Path folder;

    private static TrainingCluster cluster;

    private final List<RunningTrainer> trainers = new ArrayList<>();
    private final CountDownLatch forEver = new CountDownLatch(1);

    @BeforeAll
    static void start() throws Exception {
        cluster = new TrainingCluster(folder);
        for (int i = 0; i < 4; i++) {
            cluster.example("hearts", i);
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @AfterEach
    void endTrainers() {
        forEver.countDown();
        trainers.forEach(RunningTrainer::close);
    }

    private RunningTrainer trainer(String name, CuttableStore way, UnaryOperator<RunOpener> behind) {
        TrainerConfig own = cluster.config.getConfigMapping(TrainerConfig.class);
        RunRequests requests = new RunRequests(new RunRegister(new RunStore(way)), new RunWatch());
        TrainerMeters meters = new TrainerMeters(new SimpleMeterRegistry());
        RunOpener opener = new TrainerAssembly()
                .opener(own, cluster.config.getConfigMapping(StorageConfig.class), cluster.objects, meters);
        RunningTrainer trainer =
                RunningTrainer.start(cluster.streaming(name), way, requests, behind.apply(opener), meters, own, name);
        trainers.add(trainer);
        return trainer;
    }

    private RunningTrainer trainer(String name) {
        return trainer(name, new CuttableStore(cluster.objects), UnaryOperator.identity());
    }

    /** Before a step, the way to the store is cut and the trainer stands still: as good as dead. */
    private RunningTrainer dying(String name, int atStep) {
        CuttableStore way = new CuttableStore(cluster.objects);
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

    private static byte[] lastAdapter(String runId) {
        await().atMost(TrainingCluster.PATIENCE)
                .until(() -> cluster.checkpoints(runId).stream().anyMatch(each -> each.getGlobalStep() == STEPS));
        CheckpointPublished last = cluster.checkpoints(runId).stream()
                .filter(each -> each.getGlobalStep() == STEPS)
                .findFirst()
                .orElseThrow();
        assertTrue(last.getFinal());
        return cluster.objects.get(last.getAdapter().getKey());
    }

    @Test
    void a_run_completes_and_publishes_whole_checkpoints() throws Exception {
        trainer("whole");
        cluster.request("whole", settings());

        TrainingProgressed end = cluster.end("whole");

        assertEquals(State.COMPLETED, end.getState());
        assertEquals("4 examples", end.getActivity());
        assertTrue(end.getLosses().getDenoising() > 0 && end.getLosses().getGradNorm() > 0, end::toString);
        assertEquals(
                List.of(2, 4, 6),
                cluster.checkpoints("whole").stream()
                        .map(CheckpointPublished::getGlobalStep)
                        .toList());
        for (CheckpointPublished checkpoint : cluster.checkpoints("whole")) {
            assertEquals(TrainingCluster.TEACHER, checkpoint.getTeacher());
            assertEquals(
                    checkpoint.getAdapter().getSha256(),
                    Sha256.of(cluster.objects.get(checkpoint.getAdapter().getKey())));
            assertFalse(cluster.objects.get(checkpoint.getManifest().getKey()).length == 0);
        }
        assertEquals(State.PREPARING, cluster.news("whole").get(0).getState());
        assertEquals(1, cluster.objects.list("training/runs/whole/tensorboard/").size());
        assertFalse(cluster.objects.list("training/features/").isEmpty());
    }

    @Test
    @Tag("long")
    void a_trainer_that_dies_is_followed_by_another_to_the_same_adapter_byte_for_byte() {
        RunningTrainer calm = trainer("calm");
        cluster.request("calm", settings());
        assertEquals(State.COMPLETED, cluster.end("calm").getState());
        calm.close();
        RunningTrainer dead = dying("dead", 3);
        cluster.request("taken-over", settings());
        await().atMost(TrainingCluster.PATIENCE)
                .until(() -> !cluster.checkpoints("taken-over").isEmpty());

        trainer("heir");

        assertEquals(State.COMPLETED, cluster.end("taken-over").getState());
        assertTrue(cluster.end("taken-over").getTrainer().startsWith("heir"), () -> cluster.end("taken-over")
                .getTrainer());
        assertTrue(dead.isLive());
        assertArrayEquals(lastAdapter("calm"), lastAdapter("taken-over"));
    }

    @Test
    void settings_that_cannot_be_used_are_refused_and_the_next_good_run_is_served() {
        trainer("strict");
        cluster.request("bad", settings().setLearningRate(-1).setLayout("sideways"));
        cluster.request("good", settings().setMaxTrainSteps(1));

        TrainingProgressed refused = cluster.end("bad");

        assertEquals("INVALID_ARGUMENT", refused.getFailure().getType());
        assertEquals(
                "start.settings.learning_rate, start.settings.layout",
                refused.getFailure().getField());
        assertEquals(State.COMPLETED, cluster.end("good").getState());
    }

    @Test
    void images_that_cannot_be_decoded_are_left_out_and_counted() throws Exception {
        trainer("lenient");
        cluster.example("mixed", 20);
        cluster.objects.put("examples/broken.png", "no image at all".getBytes(), "image/png");
        cluster.curate("mixed", 21, "examples/broken.png", 17);
        cluster.curate("mixed", 22, "examples/gone.png", 17);
        cluster.teach("a white block at place 21", 21);
        cluster.teach("a white block at place 22", 22);
        cluster.request("mixed", "mixed", settings().setMaxTrainSteps(1));

        TrainingProgressed end = cluster.end("mixed");

        assertEquals(State.COMPLETED, end.getState());
        assertEquals("1 example; left out: {MISSING=1, UNKNOWN_FORMAT=1}", end.getActivity());
    }

    @Test
    void a_run_that_is_stopped_while_it_waits_for_its_examples_ends_as_stopped() {
        trainer("patient");
        cluster.request("waiting", "empty", settings());
        await().atMost(TrainingCluster.PATIENCE).until(() -> cluster.news("waiting").stream()
                .anyMatch(each -> each.getActivity().equals("0 of 0 examples embedded")));

        cluster.publish(
                Topic.TRAINING_REQUESTED,
                "waiting",
                TrainingRequested.newBuilder()
                        .setRunId("waiting")
                        .setStop(TrainingStop.newBuilder().setReason("never mind"))
                        .build());

        assertEquals(State.STOPPED, cluster.end("waiting").getState());
        assertEquals("never mind", cluster.end("waiting").getActivity());
    }
}
