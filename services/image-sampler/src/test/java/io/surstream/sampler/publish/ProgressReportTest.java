package io.surstream.sampler.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.pipeline.DenoisingStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressReportTest {
    private final List<String> told = new ArrayList<>();
    private long now;
    private boolean wanted = true;
    private final ProgressReport report = new ProgressReport(
            Duration.ofNanos(50), () -> now, () -> wanted, (done, total) -> told.add(done + "/" + total));

    @Test
    void stepsInQuickSuccessionAreToldOnceAnInterval() {
        for (int step = 1; step <= 10; step++) {
            assertTrue(report.onStep(step(step, 100)));
            now += 20;
        }

        assertEquals(List.of("1/100", "4/100", "7/100", "10/100"), told);
    }

    @Test
    void theLastStepIsAlwaysTold() {
        report.onStep(step(1, 3));
        report.onStep(step(2, 3));
        report.onStep(step(3, 3));

        assertEquals(List.of("1/3", "3/3"), told);
    }

    @Test
    void aJobThatIsNotWantedStopsAndTellsNothing() {
        wanted = false;

        assertFalse(report.onStep(step(1, 3)));

        assertEquals(List.of(), told);
    }

    private static DenoisingStep step(int done, int total) {
        return new DenoisingStep(0, done - 1, done, total, null, null);
    }
}
