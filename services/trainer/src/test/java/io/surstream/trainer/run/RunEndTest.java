package io.surstream.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.storage.ListedObject;
import io.surstream.trainer.validation.RunRegister;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingProgressed.State;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingSettings;
import io.surstream.v1.TrainingStop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How runs end, well or not, and what they leave. */
class RunEndTest extends TrainerScenario {
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
        assertEquals(5, objects.list("training/runs/run-1/leases/").size());
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
    void a_store_that_refuses_ends_the_run_at_the_first_attempt() {
        request("run-1");
        objects.put("note", new byte[1], "text/plain");
        trainer("a", step -> {
            if (step == 12) {
                objects.getRange("note", 5, 1);
            }
        });

        assertEquals("STORE_REFUSED", end("run-1").getFailure().getType());
        assertEquals(1, objects.list("training/runs/run-1/leases/").size());
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
