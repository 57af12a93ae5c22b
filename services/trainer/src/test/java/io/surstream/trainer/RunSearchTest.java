package io.surstream.trainer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.storage.InMemoryObjectStore;
import io.surstream.storage.ListedObject;
import io.surstream.storage.ObjectStore;
import io.surstream.trainer.intake.RunRegister;
import io.surstream.trainer.store.RunStore;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingProgressed.State;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingRun;
import io.surstream.v1.TrainingSettings;
import io.surstream.v1.TrainingStop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several trainers, one store; deaths and outages at any moment. */
class RunSearchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int STEPS = 60;

    @TempDir
    Path work;

    private final ObjectStore objects = new InMemoryObjectStore("test");
    private final RunStore runs = new RunStore(objects);
    private final List<TrainerProcess> trainers = new ArrayList<>();
    private final List<CountDownLatch> latches = new ArrayList<>();

    @AfterEach
    void endAll() {
        latches.forEach(CountDownLatch::countDown);
        trainers.forEach(TrainerProcess::close);
    }

    private TrainerProcess trainer(String name, CountingRun.BeforeStep before, int... notFinite) {
        return trainer(name, Set.of(), before, notFinite);
    }

    private TrainerProcess trainer(String name, Set<String> inUse, CountingRun.BeforeStep before, int... notFinite) {
        TrainerProcess trainer =
                new TrainerProcess(name, objects, work, inUse, plan -> new CountingRun(plan, before, notFinite));
        trainers.add(trainer);
        return trainer;
    }

    private void request(String runId) {
        request(runId, TrainingSettings.newBuilder());
    }

    private void request(String runId, TrainingSettings.Builder settings) {
        new RunRegister(runs)
                .register(TrainingRequested.newBuilder()
                        .setRunId(runId)
                        .setStart(TrainingRun.newBuilder()
                                .setDataset("surd")
                                .setSettings(settings.setMaxTrainSteps(STEPS)
                                        .setCheckpointingSteps(10)
                                        .setSeed(7)))
                        .build());
    }

    private TrainingProgressed end(String runId) {
        await().atMost(PATIENCE)
                .until(() -> runs.findEnd(runId).isPresent() && runs.openRuns().isEmpty());
        return runs.findEnd(runId).orElseThrow();
    }

    private List<CheckpointPublished> published(String runId) {
        return objects.list("training/runs/" + runId + "/published/").stream()
                .map(object -> {
                    try {
                        return CheckpointPublished.parseFrom(objects.get(object.key()));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private byte[] adapter(CheckpointPublished checkpoint) {
        return objects.get(checkpoint.getAdapter().getKey());
    }

    private CheckpointPublished last(String runId) {
        List<CheckpointPublished> all = published(runId);
        return all.get(all.size() - 1);
    }

    private void awaitCheckpoint(String runId, int step) {
        await().atMost(PATIENCE)
                .until(() -> !published(runId).isEmpty() && last(runId).getGlobalStep() == step);
    }

    private byte[] uninterrupted() {
        request("calm");
        trainer("calm", step -> {});
        end("calm");
        return adapter(last("calm"));
    }

    private CountDownLatch latch() {
        CountDownLatch latch = new CountDownLatch(1);
        latches.add(latch);
        return latch;
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Before a step its way to the store is cut, and it stands still as long as the latch holds. */
    private TrainerProcess dying(String name, int atStep, CountDownLatch dead) {
        return cutOff(name, atStep, () -> waitFor(dead));
    }

    private TrainerProcess cutOff(String name, int atStep, Runnable then) {
        CountDownLatch made = latch();
        TrainerProcess[] self = new TrainerProcess[1];
        self[0] = trainer(name, step -> {
            if (step == atStep) {
                waitFor(made);
                self[0].way.cut();
                then.run();
            }
        });
        made.countDown();
        return self[0];
    }

    @Test
    void a_run_completes_with_a_checkpoint_every_so_many_steps_and_tells_it_all() {
        request("run-1");
        TrainerProcess trainer = trainer("a", step -> {});

        TrainingProgressed end = end("run-1");

        assertEquals(State.COMPLETED, end.getState());
        assertEquals(STEPS, end.getGlobalStep());
        assertEquals(published("run-1"), trainer.checkpoints);
        assertEquals(List.of(10, 20, 30, 40, 50, 60), trainer.checkpointSteps());
        assertTrue(last("run-1").getFinal());
        assertEquals("t", last("run-1").getTeacher().getTeacher());
        assertTrue(trainer.progress.contains(end));
        assertEquals(State.PREPARING, trainer.progress.get(0).getState());
        assertFalse(objects.list("training/runs/run-1/tensorboard/").isEmpty());
    }

    @Test
    void two_trainers_and_one_run_train_it_once() {
        AtomicInteger steps = new AtomicInteger();
        trainer("a", step -> steps.incrementAndGet());
        trainer("b", step -> steps.incrementAndGet());

        request("run-1");
        request("run-1");
        end("run-1");

        assertEquals(STEPS, steps.get());
        assertEquals(1, objects.list("training/runs/run-1/claims/").size());
    }

    @Test
    void a_trainer_that_dies_is_followed_by_another_from_its_last_checkpoint_to_the_same_adapter() {
        request("run-1");
        dying("dead", 37, latch());
        awaitCheckpoint("run-1", 30);
        AtomicInteger resumedAt = new AtomicInteger(-1);

        TrainerProcess heir = trainer("heir", step -> resumedAt.compareAndSet(-1, step));

        assertEquals(State.COMPLETED, end("run-1").getState());
        assertEquals(30, resumedAt.get());
        assertEquals(30, heir.checkpoints.get(0).getGlobalStep(), "what the dead one may not have told");
        assertArrayEquals(uninterrupted(), adapter(last("run-1")));
    }

    @Test
    void a_trainer_that_was_taken_for_dead_and_comes_back_publishes_nothing_more() {
        request("run-1");
        CountDownLatch dead = latch();
        TrainerProcess zombie = dying("zombie", 37, dead);
        awaitCheckpoint("run-1", 30);
        CountDownLatch heirAt45 = latch();
        CountDownLatch goOn = latch();
        trainer("heir", step -> {
            if (step == 45) {
                heirAt45.countDown();
                waitFor(goOn);
            }
        });
        waitFor(heirAt45);

        zombie.way.mend();
        dead.countDown();
        await().atMost(PATIENCE).until(() -> zombie.progress.stream().anyMatch(p -> p.getGlobalStep() >= 38));
        goOn.countDown();
        end("run-1");

        assertEquals(List.of(10, 20, 30), zombie.checkpointSteps());
        assertEquals(
                List.of("1", "1", "1", "2", "2", "2"),
                published("run-1").stream()
                        .map(each -> each.getManifest().getKey().replaceAll(".*-0*(\\d+)/.*", "$1"))
                        .toList());
    }

    @Test
    void a_store_that_is_away_for_a_while_is_waited_for() {
        request("run-1");
        TrainerProcess trainer = cutOff("a", 15, () -> {});
        await().atMost(PATIENCE).until(() -> trainer.progress.stream().anyMatch(p -> p.getGlobalStep() == 20));

        trainer.way.mend();

        assertEquals(State.COMPLETED, end("run-1").getState());
        assertEquals(6, published("run-1").size());
    }

    @Test
    void a_trainer_that_ends_keeps_the_run_and_another_goes_on_at_that_very_step() {
        request("run-1");
        CountDownLatch at25 = latch();
        TrainerProcess[] self = new TrainerProcess[1];
        TrainerProcess first = trainer("first", step -> {
            if (step == 25) {
                at25.countDown();
                self[0].awaitLeaving();
            }
        });
        self[0] = first;
        waitFor(at25);
        first.close();
        AtomicInteger resumedAt = new AtomicInteger(-1);

        trainer("second", step -> resumedAt.compareAndSet(-1, step));

        end("run-1");
        assertEquals(List.of(10, 20, 26), first.checkpointSteps());
        assertEquals(26, resumedAt.get());
        assertArrayEquals(uninterrupted(), adapter(last("run-1")));
    }

    @Test
    void a_run_that_is_stopped_keeps_its_state_and_ends_as_stopped() {
        request("run-1");
        CountDownLatch at15 = latch();
        CountDownLatch asked = latch();
        TrainerProcess trainer = trainer("a", step -> {
            if (step == 15) {
                at15.countDown();
                waitFor(asked);
            } else if (step > 15) {
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        });
        waitFor(at15);
        new RunRegister(runs)
                .register(TrainingRequested.newBuilder()
                        .setRunId("run-1")
                        .setStop(TrainingStop.newBuilder().setReason("enough"))
                        .build());
        asked.countDown();

        TrainingProgressed end = end("run-1");

        assertEquals(State.STOPPED, end.getState());
        assertEquals("enough", end.getActivity());
        assertTrue(end.getGlobalStep() < STEPS);
        assertEquals(end.getGlobalStep(), last("run-1").getGlobalStep());
        assertEquals(published("run-1"), trainer.checkpoints);
    }

    @Test
    void a_run_may_change_hands_any_number_of_times_as_long_as_it_gets_on() {
        request("run-1");
        for (int death = 1; death <= 5; death++) {
            dying("dead-" + death, death * 10 + 5, latch());
            awaitCheckpoint("run-1", death * 10);
        }
        trainer("heir", step -> {});

        assertEquals(State.COMPLETED, end("run-1").getState());
        assertEquals(6, objects.list("training/runs/run-1/claims/").size());
    }

    @Test
    void a_run_that_kills_every_trainer_fails_with_the_last_ones_words() {
        request("run-1");
        trainer("a", step -> {
            if (step == 12) {
                throw new IllegalStateException("the card has fallen off the bus");
            }
        });

        TrainingProgressed end = end("run-1");

        assertEquals("ATTEMPTS_EXHAUSTED", end.getFailure().getType());
        assertTrue(end.getFailure().getMessage().contains("the card has fallen off the bus"));
        // One that came to step 10, three that died at once, one that saw it.
        assertEquals(5, objects.list("training/runs/run-1/claims/").size());
    }

    @Test
    void losses_that_are_not_finite_are_left_out_and_counted() {
        request("run-1");
        trainer("a", step -> {}, 4, 5);

        TrainingProgressed end = end("run-1");

        assertEquals(State.COMPLETED, end.getState());
        assertEquals(2, end.getSkippedSteps());
    }

    @Test
    void too_many_losses_that_are_not_finite_end_the_run() {
        request("run-1");
        trainer("a", step -> {}, 4, 5, 6);

        TrainingProgressed end = end("run-1");

        assertEquals("LOSS_NOT_FINITE", end.getFailure().getType());
        assertEquals(6, end.getGlobalStep());
    }

    @Test
    void a_full_disk_is_a_typed_failure_and_nothing_half_published() {
        request("run-1");
        trainer("a", step -> {
            if (step == 12) {
                throw new UncheckedIOException("checkpoint", new IOException("No space left on device"));
            }
        });

        assertEquals("DISK_FULL", end("run-1").getFailure().getType());
        assertEquals(1, published("run-1").size());
    }

    @Test
    void old_checkpoints_are_removed_but_not_what_is_in_use() {
        request("all");
        TrainerProcess first = trainer("a", step -> {});
        end("all");
        first.close();
        String promoted = published("all").get(1).getRevision();

        request("some", TrainingSettings.newBuilder().setCheckpointsTotalLimit(2));
        trainer("b", Set.of(promoted), step -> {});
        end("some");

        assertEquals(
                List.of(20, 50, 60),
                objects.list("training/runs/some/checkpoints/").stream()
                        .map(ListedObject::key)
                        .filter(key -> key.endsWith("manifest.json"))
                        .map(key -> Integer.parseInt(key.replaceAll(".*/0*(\\d+)-\\d+/manifest.json", "$1")))
                        .toList());
        assertEquals(6, published("some").size(), "a step's checkpoint is never made anew");
    }
}
