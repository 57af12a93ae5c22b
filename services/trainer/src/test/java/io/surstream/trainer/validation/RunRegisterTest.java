package io.surstream.trainer.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.storage.InMemoryObjectStore;
import io.surstream.trainer.store.RunStore;
import io.surstream.trainer.validation.RunRegister.Registered;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingRun;
import io.surstream.v1.TrainingStop;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunRegisterTest {
    private final RunStore runs = new RunStore(new InMemoryObjectStore("test"));
    private final RunRegister register = new RunRegister(runs);

    private static TrainingRequested start(String dataset, long atMs) {
        return TrainingRequested.newBuilder()
                .setRunId("run-1")
                .setStart(TrainingRun.newBuilder().setDataset(dataset))
                .setRequestedAtMs(atMs)
                .build();
    }

    @Test
    void a_run_that_is_asked_for_twice_is_open_once() {
        assertInstanceOf(Registered.Open.class, register.register(start("surd", 1)));
        assertInstanceOf(Registered.Open.class, register.register(start("surd", 2)));

        assertEquals(List.of(start("surd", 1)), runs.openRuns());
    }

    @Test
    void another_run_under_the_same_id_is_refused() {
        register.register(start("surd", 1));

        Registered.Refused refused = assertInstanceOf(Registered.Refused.class, register.register(start("other", 2)));

        assertEquals("RUN_EXISTS", refused.failure().getType());
        assertEquals(
                "RUN_EXISTS", register.conflict(start("other", 3)).orElseThrow().getType());
        assertEquals(List.of(start("surd", 1)), runs.openRuns());
    }

    @Test
    void a_run_that_has_ended_tells_its_end_again_and_is_not_opened() {
        register.register(start("surd", 1));
        TrainingProgressed end = TrainingProgressed.newBuilder()
                .setRunId("run-1")
                .setState(TrainingProgressed.State.COMPLETED)
                .build();
        runs.commitResult(end);
        runs.close("run-1");

        assertEquals(new Registered.Ended(end), register.register(start("surd", 2)));
        assertTrue(runs.openRuns().isEmpty());
    }

    @Test
    void a_stop_that_comes_before_its_start_is_kept() {
        register.register(TrainingRequested.newBuilder()
                .setRunId("run-1")
                .setStop(TrainingStop.newBuilder().setReason("enough"))
                .build());

        assertEquals("enough", runs.findStop("run-1").orElseThrow().getStop().getReason());
    }
}
