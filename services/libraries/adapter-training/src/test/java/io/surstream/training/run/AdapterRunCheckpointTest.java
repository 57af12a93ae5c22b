package io.surstream.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.initialization.FreshAdapter;
import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.torch.weights.Weights;
import io.surstream.training.TeacherLayer;
import io.surstream.training.TrainingException;
import io.surstream.training.checkpoint.CheckpointException;
import io.surstream.training.checkpoint.PublishedAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterRunCheckpointTest {
    private static final TrainingTask TASK = SmallTask.with(Map.of());

    @TempDir
    Path folder;

    private Path checkpoint;

    @BeforeEach
    void aRunWithOneStepIsSaved() {
        checkpoint = folder.resolve("checkpoint");
        try (AdapterRun run = AdapterRun.fresh(TASK)) {
            run.step();
            run.save(checkpoint);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adapter.safetensors",
                "training.safetensors",
                "resize.safetensors",
                "settings.json",
                "run.json",
                "manifest.json"
            })
    void a_file_that_is_missing_cut_off_or_changed_is_named_and_never_a_fresh_start(String name) throws IOException {
        Path file = checkpoint.resolve(name);
        byte[] whole = Files.readAllBytes(file);
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        for (byte[] content : List.of(new byte[0], Arrays.copyOf(whole, whole.length - 1), changed)) {
            Files.write(file, content);
            assertRefused(TASK, name.equals("manifest.json") ? "" : name);
        }
        Files.delete(file);
        assertRefused(TASK, name);
        assertEquals(file, refusal(TASK).file());
    }

    @Test
    void a_folder_that_is_not_there_is_refused() {
        checkpoint = folder.resolve("nowhere");
        assertRefused(TASK, "nowhere");
    }

    @Test
    void a_checkpoint_of_other_settings_teacher_or_examples_is_refused() {
        assertRefused(SmallTask.with(Map.of("learning_rate", 2e-3)), "learning_rate is 0.001 there and 0.002 here");
        assertRefused(
                new TrainingTask(
                        TASK.model(),
                        TASK.examples(),
                        Optional.of(new TeacherLayer("teacher", 4, "mean", 12)),
                        TASK.settings(),
                        TASK.device()),
                "llm_layer is 3 there and 4 here, llm_pooling is last there and mean here");
        assertRefused(
                new TrainingTask(
                        TASK.model(),
                        new SmallTask.Examples(8, Float.NaN),
                        TASK.teacher(),
                        TASK.settings(),
                        TASK.device()),
                "examples is 7 there and 8 here");
    }

    @Test
    void a_longer_run_with_other_checkpoints_may_go_on_while_the_learning_rate_is_constant() {
        TrainingTask longer = SmallTask.with(Map.of("max_train_steps", 60, "checkpointing_steps", 7));
        try (AdapterRun run = AdapterRun.resume(longer, checkpoint)) {
            assertEquals(1, run.globalStep());
            assertEquals(60, run.totalSteps());
        }
    }

    @Test
    void saving_replaces_a_checkpoint_and_leaves_nothing_beside_it() throws IOException {
        try (AdapterRun run = AdapterRun.resume(TASK, checkpoint)) {
            run.step();
            run.save(checkpoint);
        }
        try (AdapterRun run = AdapterRun.resume(TASK, checkpoint)) {
            assertEquals(2, run.globalStep());
        }
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void an_adapter_exported_in_the_published_form_has_every_published_name_and_is_imported_again() {
        // given
        Path published = folder.resolve("adapter.pt");
        // when
        PublishedAdapter.export(checkpoint, published);
        // then
        Map<String, FloatTensor> exported = tensors(published);
        assertEquals(tensors(checkpoint.resolve("adapter.safetensors")), exported);
        for (String name : List.of("encoder_layer.linear1.weight", "attention.value_layer.bias", "fc.weight")) {
            assertTrue(exported.containsKey(name), name);
        }
        Path again = folder.resolve("again");
        try (AdapterRun run = AdapterRun.from(TASK, published)) {
            assertEquals(0, run.globalStep());
            run.save(again);
        }
        assertEquals(exported, tensors(again.resolve("adapter.safetensors")));
    }

    @Test
    void an_adapter_of_another_width_is_refused() throws IOException {
        Path narrow = folder.resolve("narrow.safetensors");
        SafetensorsWriter.write(narrow, new FreshAdapter(16).weights(1), Map.of(), DType.FP32);
        var refusal = assertThrows(TrainingException.class, () -> AdapterRun.from(TASK, narrow));
        assertTrue(refusal.getMessage().contains("width 16"), refusal.getMessage());
    }

    private void assertRefused(TrainingTask task, String part) {
        String message = refusal(task).getMessage();
        assertTrue(message.contains(part), message);
    }

    private CheckpointException refusal(TrainingTask task) {
        return assertThrows(CheckpointException.class, () -> AdapterRun.resume(task, checkpoint)
                .close());
    }

    private static Map<String, FloatTensor> tensors(Path file) {
        try (Weights weights = Checkpoint.open(file)) {
            Map<String, FloatTensor> all = new TreeMap<>();
            weights.names().forEach(name -> all.put(name, weights.get(name).toFloat()));
            return all;
        }
    }
}
