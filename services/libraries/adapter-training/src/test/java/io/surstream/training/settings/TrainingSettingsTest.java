package io.surstream.training.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {
    @Test
    void the_defaults_are_the_published_commands() {
        TrainingSettings settings = TrainingSettings.defaults();
        assertEquals(1e-5, settings.learningRate().peak());
        assertEquals(LearningRate.Schedule.CONSTANT, settings.learningRate().schedule());
        assertEquals(0.9, settings.optimizer().beta1());
        assertEquals(0.999, settings.optimizer().beta2());
        assertEquals(1e-8, settings.optimizer().epsilon());
        assertEquals(1e-2, settings.optimizer().weightDecay());
        assertEquals(1, settings.optimizer().maxGradNorm());
        assertEquals(1, settings.trainBatchSize());
        assertEquals(4, settings.gradientAccumulationSteps());
        assertEquals(5000, settings.maxTrainSteps());
        assertEquals(1e-5, settings.objective().llmWeight());
        assertEquals(1e-5, settings.objective().promptWeight());
        assertEquals(0.1, settings.adapterWeight());
        assertEquals(new ImageSettings(512, true, true), settings.images());
        assertEquals(OptionalDouble.empty(), settings.snrGamma());
        assertEquals(0, settings.noiseOffset());
        assertEquals(OptionalDouble.empty(), settings.emaDecay());
        assertEquals(100, settings.checkpointingSteps());
        assertEquals(OptionalInt.empty(), settings.checkpointsTotalLimit());
    }

    @Test
    void what_settings_say_of_themselves_gives_equal_settings() {
        TrainingSettings settings = TrainingSettings.of(Map.of(
                "learning_rate", "2e-4",
                "lr_scheduler", "cosine",
                "num_train_epochs", 3,
                "snr_gamma", 5,
                "use_ema", true,
                "ema_decay", 0.99,
                "kl_direction", "teacher-to-student",
                "loss_reduction", "mean",
                "layout", "reference",
                "seed", "-9007199254740993"));
        assertEquals(settings, TrainingSettings.of(settings.toMap()));
        assertEquals(-9007199254740993L, settings.seed());
    }

    @Test
    void every_problem_is_named_at_once() {
        var refusal = assertThrows(
                TrainingSettingsException.class,
                () -> TrainingSettings.of(Map.of(
                        "learning_rate",
                        "fast",
                        "train_batch_size",
                        0,
                        "lr_scheduler",
                        "sine",
                        "seed",
                        1.5,
                        "learning_rat",
                        1)));
        assertEquals(5, refusal.problems().size(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("train_batch_size must be a whole number from 1 to 65536 but is 0"));
        assertTrue(refusal.getMessage()
                .contains("lr_scheduler must be constant, constant_with_warmup, linear,"
                        + " polynomial, cosine, cosine_with_restarts but is sine"));
        assertTrue(refusal.getMessage().contains("learning_rat must be left out"));
    }

    @Test
    void settings_that_train_nothing_are_refused() {
        assertThrows(
                TrainingSettingsException.class,
                () -> TrainingSettings.of(Map.of("denoising_gradient", false, "llm_weight", 0, "prompt_weight", 0)));
    }

    @Test
    void a_schedule_is_taken_by_its_known_name() {
        for (LearningRate.Schedule schedule : LearningRate.Schedule.values()) {
            TrainingSettings settings = TrainingSettings.of(Map.of("lr_scheduler", schedule.toString()));
            assertEquals(schedule, settings.learningRate().schedule());
            assertEquals(schedule.toString(), settings.toMap().get("lr_scheduler"));
        }
    }

    @Test
    void steps_win_over_epochs_as_in_the_published_script() {
        TrainingSettings both = TrainingSettings.of(Map.of("max_train_steps", 7, "num_train_epochs", 3));
        assertEquals(7, both.maxTrainSteps());
        assertEquals(OptionalInt.empty(), both.numTrainEpochs());
        TrainingSettings epochs = TrainingSettings.of(Map.of("num_train_epochs", 3));
        assertEquals(OptionalInt.of(3), epochs.numTrainEpochs());
    }

    @Test
    void a_scaled_rate_grows_with_the_examples_of_a_step() {
        TrainingSettings settings = TrainingSettings.of(Map.of(
                "learning_rate", 1e-4, "scale_lr", true, "train_batch_size", 2, "gradient_accumulation_steps", 8));
        assertEquals(16e-4, settings.learningRate().peak(), 1e-12);
        assertEquals(settings, TrainingSettings.of(settings.toMap()));
    }

    @Test
    void a_sample_is_chosen_by_the_seed_and_keeps_the_order() {
        List<Integer> all = IntStream.range(0, 100).boxed().toList();
        List<Integer> seven =
                TrainingSettings.of(Map.of("max_train_samples", 10, "seed", 7)).sample(all);
        assertEquals(10, Set.copyOf(seven).size());
        assertEquals(seven.stream().sorted().toList(), seven);
        assertNotEquals(all.subList(0, 10), seven);
        assertEquals(
                seven,
                TrainingSettings.of(Map.of("max_train_samples", 10, "seed", 7)).sample(all));
        assertNotEquals(
                seven,
                TrainingSettings.of(Map.of("max_train_samples", 10, "seed", 8)).sample(all));
        assertEquals(all, TrainingSettings.of(Map.of("max_train_samples", 100)).sample(all));
        assertEquals(all, TrainingSettings.defaults().sample(all));
    }

    @Test
    void what_the_published_script_has_and_this_has_not_is_refused_with_the_reason() {
        for (String name : List.of("gradient_checkpointing", "use_8bit_adam", "allow_tf32", "llm", "llm_layer")) {
            var refusal =
                    assertThrows(TrainingSettingsException.class, () -> TrainingSettings.of(Map.of(name, "true")));
            assertTrue(refusal.getMessage().startsWith(name + " must be left out ("), refusal.getMessage());
            assertFalse(refusal.getMessage().contains("the settings are"), refusal.getMessage());
        }
    }

    // diffusers 0.35: get_scheduler(name, num_warmup_steps=4, num_training_steps=20), base rate 1, at steps 0, 2, 4,
    // 12, 19
    @Test
    void learning_rates_follow_the_schedules_of_diffusers() {
        assertRates(LearningRate.Schedule.CONSTANT, 0, 0.5, 1, 1, 1);
        assertRates(LearningRate.Schedule.CONSTANT_WITH_WARMUP, 0, 0.5, 1, 1, 1);
        assertRates(LearningRate.Schedule.LINEAR, 0, 0.5, 1, 0.5, 0.0625);
        assertRates(LearningRate.Schedule.POLYNOMIAL, 0, 0.5, 1, 0.50000005, 0.06250009375);
        assertRates(LearningRate.Schedule.COSINE, 0, 0.5, 1, 0.5, 0.009607359798384785);
        assertRates(LearningRate.Schedule.COSINE_WITH_RESTARTS, 0, 0.5, 1, 0.5, 0.009607359798384785);
    }

    private static void assertRates(LearningRate.Schedule schedule, double... expected) {
        LearningRate rate = new LearningRate(1, schedule, 4);
        int[] steps = {0, 2, 4, 12, 19};
        for (int i = 0; i < steps.length; i++) {
            assertEquals(expected[i], rate.at(steps[i], 20), 1e-12, schedule + " at " + steps[i]);
        }
    }
}
