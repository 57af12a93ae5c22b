package io.surstream.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.adapter.SurAdapter;
import io.surstream.torch.FloatTensor;
import io.surstream.torch.TorchDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterRunTest {
    private static final Map<String, Object> EVERYTHING = Map.of(
            "use_ema",
            true,
            "dropout",
            0.2,
            "train_resize",
            true,
            "noise_offset",
            0.1,
            "snr_gamma",
            5,
            "lr_scheduler",
            "cosine");

    @TempDir
    Path folder;

    @Test
    void an_interrupted_run_equals_an_uninterrupted_one_bit_for_bit() throws IOException {
        // given
        TrainingTask task = SmallTask.with(EVERYTHING);
        Path whole = folder.resolve("whole");
        try (AdapterRun run = AdapterRun.fresh(task)) {
            while (!run.finished()) {
                run.step();
            }
            run.save(whole);
        }
        // when the run is cut off after each step
        Path last = folder.resolve("last");
        try (AdapterRun run = AdapterRun.fresh(task)) {
            run.save(last);
        }
        for (int i = 0; i < 6; i++) {
            try (AdapterRun run = AdapterRun.resume(task, last)) {
                assertEquals(i, run.globalStep());
                run.step();
                run.save(last);
            }
        }
        // then
        for (String file : List.of("adapter.safetensors", "training.safetensors", "resize.safetensors", "run.json")) {
            assertArrayEquals(Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(last.resolve(file)), file);
        }
    }

    @Test
    void a_step_reports_every_loss_apart_and_changes_the_adapter() {
        // given
        try (AdapterRun run = AdapterRun.fresh(SmallTask.with(Map.of()))) {
            // when
            StepReport first = run.step();
            // then
            assertEquals(1, first.globalStep());
            assertEquals(4, first.examples());
            assertFalse(first.skipped());
            assertTrue(first.denoising() > 0 && first.llm() > 0 && first.prompt() > 0, first.toString());
            assertEquals(
                    first.denoising() + 0.01 * first.llm() + 0.01 * first.prompt(),
                    first.total(),
                    1e-4 * first.total());
            assertTrue(first.gradNorm() > 0, first.toString());
            assertEquals(1e-3, first.learningRate());
        }
    }

    @Test
    void a_checkpoint_holds_an_adapter_for_use() {
        // given
        Path checkpoint = folder.resolve("checkpoint");
        try (AdapterRun run = AdapterRun.fresh(SmallTask.with(Map.of("adapter_weight", 0.25)))) {
            run.step();
            // when
            run.save(checkpoint);
        }
        // then
        try (SurAdapter adapter =
                SurAdapter.load(checkpoint, OptionalDouble.empty(), Optional.empty(), TorchDevice.CPU)) {
            FloatTensor states = FloatTensor.zeros(1, 9, SmallTask.WIDTH);
            assertEquals(0.25, adapter.config().adapterWeight());
            assertEquals("token", adapter.config().layout().toString());
            assertNotEquals(states, adapter.forward(states));
        }
    }
}
