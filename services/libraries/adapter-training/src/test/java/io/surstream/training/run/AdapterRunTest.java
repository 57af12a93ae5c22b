package io.surstream.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.adapter.SurAdapter;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.TorchException;
import io.surstream.training.TeacherLayer;
import io.surstream.training.TrainingException;
import io.surstream.training.checkpoint.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

    @Test
    void a_step_whose_loss_is_not_finite_is_skipped_and_counted() throws IOException {
        // given latents of one example that are infinite; an epoch has two steps and each example once
        TrainingTask task = poisoned();
        Path before = folder.resolve("before");
        Path after = folder.resolve("after");
        try (AdapterRun run = AdapterRun.fresh(task)) {
            int skipped = 0;
            for (int i = 0; i < 2; i++) {
                run.save(before);
                // when
                StepReport report = run.step();
                // then
                run.save(after);
                boolean unchanged = Arrays.equals(
                        Files.readAllBytes(before.resolve("training.safetensors")),
                        Files.readAllBytes(after.resolve("training.safetensors")));
                assertEquals(report.skipped(), unchanged);
                assertEquals(i + 1, report.globalStep());
                skipped += report.skipped() ? 1 : 0;
            }
            assertEquals(1, skipped);
            assertEquals(1, run.skippedSteps());
        }
        try (AdapterRun run = AdapterRun.resume(task, after)) {
            assertEquals(1, run.skippedSteps());
        }
    }

    @Test
    void a_loss_scale_under_which_gradients_overflow_is_halved_until_they_do_not() throws IOException {
        // given a checkpoint with a scale beyond what a float holds
        TrainingTask task = SmallTask.with(Map.of());
        Path checkpoint = folder.resolve("scaled");
        try (AdapterRun run = AdapterRun.fresh(task)) {
            run.save(checkpoint);
        }
        scale(checkpoint, 0x1p130);
        // when
        try (AdapterRun run = AdapterRun.resume(task, checkpoint)) {
            int overflows = 0;
            while (run.step().skipped()) {
                overflows++;
            }
            // then
            assertTrue(overflows >= 3 && overflows < 10, overflows + " overflows");
            assertEquals(overflows + 1, run.globalStep());
            assertEquals(0, run.skippedSteps());
        }
    }

    private static void scale(Path checkpoint, double factor) throws IOException {
        List<String> files = List.copyOf(Manifest.verify(checkpoint).files().keySet());
        Path run = checkpoint.resolve("run.json");
        String with = "{ \"loss_scale\" : \"" + factor + "\", \"loss_scale_updates\" : \"0\",";
        Files.writeString(run, Files.readString(run).replaceFirst("\\{", with));
        Manifest.write(checkpoint, files);
    }

    private static TrainingTask poisoned() {
        TrainingTask task = SmallTask.with(Map.of());
        return new TrainingTask(
                task.model(),
                new SmallTask.Examples(SmallTask.EXAMPLES, Float.POSITIVE_INFINITY),
                task.teacher(),
                task.settings(),
                task.device());
    }

    @Test
    void a_run_trains_without_teacher_and_latents_where_their_losses_have_no_weight() {
        TrainingTask task = withoutTeacher(SmallTask.with(Map.of("llm_weight", 0, "denoising_weight", 0)));
        try (AdapterRun run = AdapterRun.fresh(task)) {
            StepReport report = run.step();
            assertEquals(0, report.denoising());
            assertEquals(0, report.llm());
            assertTrue(report.prompt() > 0 && report.gradNorm() > 0, report.toString());
        }
    }

    @Test
    void a_run_that_needs_a_teacher_and_has_none_is_refused() {
        var refusal =
                assertThrows(TrainingException.class, () -> AdapterRun.fresh(withoutTeacher(SmallTask.with(Map.of()))));
        assertTrue(refusal.getMessage().contains("llm_weight"), refusal.getMessage());
    }

    private static TrainingTask withoutTeacher(TrainingTask task) {
        return new TrainingTask(task.model(), task.examples(), Optional.empty(), task.settings(), task.device());
    }

    @Test
    void teacher_vectors_for_each_token_are_refused_by_name() {
        var refusal = assertThrows(TrainingException.class, () -> new TeacherLayer("teacher", 3, "tokens", 12));
        assertTrue(refusal.getMessage().contains("tokens"), refusal.getMessage());
    }

    @Test
    void half_precision_on_the_cpu_is_refused() {
        assertThrows(TorchException.class, () -> AdapterRun.fresh(SmallTask.with(Map.of("mixed_precision", "fp16"))));
    }

    @Test
    void the_frozen_unet_may_compute_in_bf16() {
        try (AdapterRun single = AdapterRun.fresh(SmallTask.with(Map.of()));
                AdapterRun half = AdapterRun.fresh(SmallTask.with(Map.of("mixed_precision", "bf16")))) {
            double expected = single.step().denoising();
            double got = half.step().denoising();
            assertNotEquals(expected, got);
            assertEquals(expected, got, 0.02 * expected);
        }
    }

    @Test
    void epochs_are_the_runs_length_where_no_steps_are_given() {
        Map<String, Object> epochs = Map.of("num_train_epochs", 4, "max_train_steps", "");
        try (AdapterRun run = AdapterRun.fresh(SmallTask.with(epochs))) {
            assertEquals(8, run.totalSteps());
        }
    }
}
