package io.surstream.playground.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.playground.training.PlaygroundRecipe.LearningPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaygroundTrainingTest {
    private static final LearningPlan FEW_STEPS = new LearningPlan(4, 4, 1e-3, 2, 0.99, 0.01, 0.9);
    private static final PlaygroundRecipe TINY =
            new PlaygroundRecipe(3, 60, FEW_STEPS, FEW_STEPS, FEW_STEPS, FEW_STEPS, FEW_STEPS, FEW_STEPS, FEW_STEPS);
    private static final List<String> WEIGHTS = List.of(
            "text_encoder/model.safetensors",
            "vae/diffusion_pytorch_model.safetensors",
            "unet/diffusion_pytorch_model.safetensors",
            "../teacher/model.safetensors");

    private static final List<String> CUT_OFF =
            List.of("text-encoder", "vocabulary", "autoencoder", "decoder", "unet", "unet-refinement", "teacher");

    @Test
    void an_interrupted_network_goes_on_and_ends_in_the_same_state(@TempDir Path folder) throws IOException {
        // given
        TrainingOptions options = new TrainingOptions(false, Duration.ZERO, List.of("tokenizer", "text-encoder"));
        Path state = Path.of("state", "text-encoder.safetensors");
        Path whole = folder.resolve("whole");
        PlaygroundTraining.run(TINY, whole, interruptedAt("none", 0), options);
        // when
        Path broken = folder.resolve("broken");
        assertThrows(
                Interruption.class,
                () -> PlaygroundTraining.run(TINY, broken, interruptedAt("text-encoder", 2), options));
        PlaygroundTraining.run(TINY, broken, interruptedAt("none", 0), options);
        // then
        assertArrayEquals(Files.readAllBytes(whole.resolve(state)), Files.readAllBytes(broken.resolve(state)));
    }

    @Test
    @Tag("long")
    void an_interrupted_training_goes_on_and_ends_with_the_same_weights(@TempDir Path folder) throws IOException {
        // given
        Path whole = PlaygroundTraining.run(TINY, folder.resolve("whole"), interruptedAt("none", 0), savingAlways());
        // when each network's training is cut off after its second step
        Path broken = folder.resolve("broken");
        for (String stage : CUT_OFF) {
            assertThrows(
                    Interruption.class,
                    () -> PlaygroundTraining.run(TINY, broken, interruptedAt(stage, 2), savingAlways()));
        }
        Path resumed = PlaygroundTraining.run(TINY, broken, interruptedAt("none", 0), savingAlways());
        // then
        for (String file : WEIGHTS) {
            assertArrayEquals(Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(resumed.resolve(file)), file);
        }
        // the exported weights are rounded to half precision, which hides last digits; the states are not
        for (String stage : CUT_OFF) {
            Path state = Path.of("state", stage + ".safetensors");
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("whole").resolve(state)),
                    Files.readAllBytes(broken.resolve(state)),
                    stage);
        }
    }

    @Test
    void a_finished_stage_is_not_run_again(@TempDir Path folder) throws IOException {
        // given
        TrainingOptions tokenizer = new TrainingOptions(false, Duration.ZERO, List.of("tokenizer"));
        PlaygroundTraining.run(TINY, folder, interruptedAt("none", 0), tokenizer);
        Path vocabulary = folder.resolve("model/tokenizer/vocab.json");
        Files.delete(vocabulary);
        // when
        PlaygroundTraining.run(TINY, folder, interruptedAt("none", 0), tokenizer);
        // then
        assertTrue(Files.notExists(vocabulary));
    }

    @Test
    @Tag("long")
    void a_finished_model_is_taken_up_and_refined(@TempDir Path folder) throws IOException {
        // given
        Path finished = PlaygroundTraining.run(
                TINY,
                folder.resolve("first"),
                interruptedAt("none", 0),
                new TrainingOptions(
                        false, Duration.ZERO, List.of("tokenizer", "text-encoder", "autoencoder", "decoder", "unet")));
        // when
        PlaygroundTraining.adopt(TINY, finished, folder.resolve("second"), interruptedAt("none", 0));
        Path whole = PlaygroundTraining.run(TINY, folder.resolve("first"), interruptedAt("none", 0), savingAlways());
        Path refined = PlaygroundTraining.run(TINY, folder.resolve("second"), interruptedAt("none", 0), savingAlways());
        // then
        for (String file : WEIGHTS) {
            assertArrayEquals(Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(refined.resolve(file)), file);
        }
    }

    @Test
    void an_unknown_stage_is_refused_by_name() {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> new TrainingOptions(false, Duration.ZERO, List.of("unnet")));
        assertTrue(refusal.getMessage().contains("'unnet'"), refusal.getMessage());
    }

    @Test
    void the_learning_rate_warms_up_to_its_peak_and_falls_to_a_fiftieth() {
        LearningPlan plan = new LearningPlan(100, 1, 1e-2, 10, 0.99, 0, 0.9);
        assertEquals(1e-3, plan.learningRateAt(1), 1e-12);
        assertEquals(1e-2, plan.learningRateAt(10), 1e-12);
        assertEquals(2e-4, plan.learningRateAt(100), 1e-12);
    }

    private static TrainingOptions savingAlways() {
        return new TrainingOptions(false, Duration.ZERO, PlaygroundTraining.stages());
    }

    private static TrainingProgress interruptedAt(String stage, long step) {
        return new TrainingProgress() {
            @Override
            public void advanced(String running, long done, long total, Duration eta, String figures) {
                if (running.equals(stage) && done == step) {
                    throw new Interruption();
                }
            }

            @Override
            public void note(String line) {}
        };
    }

    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
