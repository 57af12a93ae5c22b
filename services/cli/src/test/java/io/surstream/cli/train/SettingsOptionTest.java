package io.surstream.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingSettings;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SettingsOptionTest {
    @Test
    void values_of_every_kind_become_the_events_fields() {
        TrainingSettings settings = SettingsOption.read(Map.of(
                "learning_rate",
                "1e-4",
                "max_train_steps",
                "7",
                "seed",
                "-9000000000",
                "use_ema",
                "true",
                "layout",
                "token"));

        assertEquals(
                TrainingSettings.newBuilder()
                        .setLearningRate(1e-4)
                        .setMaxTrainSteps(7)
                        .setSeed(-9_000_000_000L)
                        .setUseEma(true)
                        .setLayout("token")
                        .build(),
                settings);
    }

    @Test
    void every_unknown_name_and_wrong_value_is_named() {
        String message = assertThrows(
                        CommandFailedException.class,
                        () -> SettingsOption.read(new TreeMap<>(
                                Map.of("learning_rat", "1", "max_train_steps", "many", "use_ema", "yes"))))
                .getMessage();

        assertTrue(message.startsWith("--set: learning_rat is no setting, the settings are learning_rate, "));
        assertTrue(message.endsWith(
                "; max_train_steps must be a whole number but is many; use_ema must be true or false but is yes"));
    }

    @Test
    void a_setting_of_the_published_script_that_is_not_offered_is_refused_with_the_reason() {
        String message = assertThrows(
                        CommandFailedException.class, () -> SettingsOption.read(Map.of("llm_layer", "39")))
                .getMessage();

        assertEquals(
                "--set: llm_layer is not offered: the layer belongs to the teacher that the request names:"
                        + " train start --teacher REVISION --layer N",
                message);
    }

    @Test
    void time_left_is_readable() {
        assertEquals("1:05", RunWatching.time(65));
        assertEquals("2:00:09", RunWatching.time(7209));
        assertEquals(
                "steps, loss 0.5000, 3.0 examples/s, 0:00 left,",
                RunWatching.unit(TrainingProgressed.newBuilder()
                        .setExamplesPerSecond(3)
                        .setLosses(io.surstream.v1.TrainingLosses.newBuilder().setTotal(0.5))
                        .build()));
    }
}
