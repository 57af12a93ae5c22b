package io.surstream.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.surstream.training.run.StepReport;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrainerMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong clock = new AtomicLong(1_000);
    private final TrainerMeters meters = new TrainerMeters(registry, clock::get);

    @Test
    void without_a_run_there_is_no_loss_and_no_progress() {
        assertEquals(0, value("surstream.trainer.runs.active"));
        assertTrue(Double.isNaN(progress()));
        assertTrue(Double.isNaN(value("surstream.trainer.gradient.norm")));
    }

    @Test
    void steps_are_counted_by_outcome_and_the_last_one_is_told_until_the_run_ends() {
        meters.stepped(step(1, false));
        meters.stepped(step(2, true));

        assertEquals(1, value("surstream.trainer.runs.active"));
        assertEquals(2, value("surstream.trainer.global.step"));
        assertEquals(
                0.5,
                registry.get("surstream.trainer.loss")
                        .tag("loss", "total")
                        .gauge()
                        .value());
        assertEquals(1, steps("taken"));
        assertEquals(1, steps("skipped"));
        meters.idle();
        assertEquals(0, value("surstream.trainer.runs.active"));
    }

    @Test
    void waiting_with_the_same_words_is_no_progress_and_a_step_is() {
        meters.preparing("waiting for 3 examples");
        clock.set(2_000);
        meters.preparing("waiting for 3 examples");
        assertEquals(1, progress());

        clock.set(3_000);
        meters.preparing("waiting for 2 examples");
        assertEquals(3, progress());

        clock.set(4_000);
        meters.stepped(step(1, false));
        assertEquals(4, progress());
    }

    private static StepReport step(int globalStep, boolean skipped) {
        return new StepReport(globalStep, 0.5, 0, 0, 0, 0, 1e-4, 4, skipped, 0);
    }

    private double progress() {
        return value("surstream.trainer.last.progress.timestamp.seconds");
    }

    private double steps(String outcome) {
        return registry.get("surstream.trainer.steps")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private double value(String gauge) {
        return registry.get(gauge).gauge().value();
    }
}
