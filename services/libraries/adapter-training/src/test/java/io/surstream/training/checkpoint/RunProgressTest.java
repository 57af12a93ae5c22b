package io.surstream.training.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.torch.tensor.DType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunProgressTest {
    private static final RunProgress HALF = RunProgress.start(LossScale.first(DType.FP16));

    @Test
    void only_half_precision_scales_its_loss() {
        assertEquals(Optional.empty(), LossScale.first(DType.FP32));
        assertEquals(Optional.empty(), LossScale.first(DType.BF16));
        assertEquals(65536, factor(HALF));
    }

    @Test
    void an_overflow_halves_the_scale_and_is_no_skipped_step() {
        RunProgress after = HALF.updated().overflowed();
        assertEquals(32768, factor(after));
        assertEquals(2, after.globalStep());
        assertEquals(1, after.updates());
        assertEquals(0, after.skippedSteps());
    }

    @Test
    void at_the_smallest_scale_and_without_one_an_overflow_is_a_skipped_step() {
        RunProgress least = RunProgress.start(Optional.of(new LossScale(1, 0)));
        assertEquals(1, least.overflowed().skippedSteps());
        assertEquals(1, factor(least.overflowed()));
        assertEquals(1, RunProgress.start(Optional.empty()).overflowed().skippedSteps());
    }

    @Test
    void two_thousand_updates_in_a_row_double_the_scale_up_to_its_largest() {
        RunProgress progress = HALF;
        for (int i = 0; i < 1999; i++) {
            progress = progress.updated();
        }
        assertEquals(65536, factor(progress));
        assertEquals(131072, factor(progress.updated()));
        assertEquals(32768, factor(progress.overflowed()));
        assertEquals(32768, factor(progress.overflowed().updated()));
        RunProgress most = RunProgress.start(Optional.of(new LossScale(0x1p24, 1999)));
        assertEquals(0x1p24, factor(most.updated()));
    }

    @Test
    void what_is_written_is_read_again() {
        for (RunProgress progress : new RunProgress[] {
            HALF.updated().overflowed().updated().skipped(),
            RunProgress.start(Optional.empty()).updated()
        }) {
            Map<String, String> run = new TreeMap<>();
            progress.write(run);
            assertEquals(progress, RunProgress.read(run));
        }
    }

    private static double factor(RunProgress progress) {
        return progress.lossScale().orElseThrow().factor();
    }
}
