package io.surstream.trainer.run;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.v1.Failure;
import io.surstream.v1.TrainingProgressed.State;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Deaths, outages and changes of hands at any moment. */
class TakeoverTest extends TrainerScenario {
    @Test
    void two_trainers_and_one_run_train_it_once() {
        AtomicInteger steps = new AtomicInteger();
        trainer("a", step -> steps.incrementAndGet());
        trainer("b", step -> steps.incrementAndGet());

        request("run-1");
        request("run-1");
        end("run-1");

        assertEquals(STEPS, steps.get());
        assertEquals(1, objects.list("training/runs/run-1/leases/").size());
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

        TrainerProcess second = trainer("second", step -> resumedAt.compareAndSet(-1, step));

        end("run-1");
        assertEquals(List.of(10, 20, 26), first.checkpointSteps());
        assertEquals(List.of(30, 40, 50, 60), second.checkpointSteps(), "what was told is not told again");
        assertEquals(26, resumedAt.get());
        assertArrayEquals(uninterrupted(), adapter(last("run-1")));
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
        assertEquals(6, objects.list("training/runs/run-1/leases/").size());
    }

    @Test
    void a_torn_checkpoint_ends_the_run_by_name_and_is_never_a_fresh_start() {
        request("run-1");
        dying("dead", 37, latch());
        awaitCheckpoint("run-1", 30);
        String manifest = last("run-1").getManifest().getKey();
        objects.put(manifest.replace("manifest.json", "state.bin"), new byte[3], "application/octet-stream");
        AtomicInteger steps = new AtomicInteger();

        trainer("heir", step -> steps.incrementAndGet());

        Failure failure = end("run-1").getFailure();
        assertEquals("CHECKPOINT_UNUSABLE", failure.getType());
        assertTrue(
                failure.getMessage().contains("state.bin has 3 bytes but the manifest says 8"), failure.getMessage());
        assertEquals(0, steps.get());
        assertEquals(3, published("run-1").size());
    }
}
