package io.surstream.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.trainer.tensorboard.EventFile;
import io.surstream.training.run.StepReport;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingProgressed.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps of 2 seconds with 4 examples each; events at least 10 seconds apart. */
class RunReportTest {
    private static final int STEPS = 100;

    @TempDir
    Path folder;

    private final List<TrainingProgressed> told = new ArrayList<>();
    private Duration now = Duration.ofHours(1);
    private EventFile board;
    private RunReport report;

    @BeforeEach
    void begin() {
        board = EventFile.create(folder.resolve("board"), 0);
        report = new RunReport("run-1", "a", Duration.ofSeconds(10), () -> now.toNanos(), told::add, board);
        report.begins("4 examples");
    }

    @AfterEach
    void end() {
        board.close();
    }

    private void step(int globalStep) {
        now = now.plusSeconds(2);
        report.stepped(new StepReport(globalStep, 0, 0, 0, 0, 0, 1e-5, 4, false, 0), STEPS);
    }

    @Test
    void an_event_tells_the_speed_and_the_time_that_is_left() {
        step(1);

        TrainingProgressed event = told.get(0);
        assertEquals(State.TRAINING, event.getState());
        assertEquals(2, event.getExamplesPerSecond(), 1e-9);
        assertEquals(2 * (STEPS - 1), event.getEtaSeconds());
        assertEquals("4 examples", event.getActivity());
    }

    @Test
    void a_run_that_was_taken_over_counts_only_the_steps_that_are_left() {
        step(91);

        assertEquals(2 * (STEPS - 91), told.get(0).getEtaSeconds());
    }

    @Test
    void events_keep_their_distance_and_the_last_step_is_always_told() {
        for (int step = 1; step <= STEPS; step++) {
            step(step);
        }

        assertEquals(
                List.of(1, 6, 11),
                told.stream().limit(3).map(TrainingProgressed::getGlobalStep).toList());
        TrainingProgressed last = told.get(told.size() - 1);
        assertEquals(STEPS, last.getGlobalStep());
        assertEquals(0, last.getEtaSeconds());
    }
}
