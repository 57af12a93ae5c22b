package io.surstream.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
    @TempDir
    Path temp;

    @Test
    void a_folder_in_diffusers_layout_opens_with_its_family_and_scheduler() {
        ModelFolder model = ModelFolder.open(TestModels.copyTo(temp.resolve("small")));

        assertEquals("small", model.name());
        assertEquals("StableDiffusionPipeline", model.family());
        assertEquals("PNDMScheduler", model.scheduler().className());
    }

    @Test
    void equal_models_have_one_revision_wherever_they_lie() {
        ModelFolder one = ModelFolder.open(TestModels.copyTo(temp.resolve("one")));
        ModelFolder two = ModelFolder.open(TestModels.copyTo(temp.resolve("two")));

        assertEquals(one.revision(), two.revision());
    }

    @Test
    void one_other_weight_makes_another_revision() throws IOException {
        Path folder = TestModels.copyTo(temp.resolve("model"));
        String before = ModelFolder.open(folder).revision();
        Path weights = folder.resolve("unet/diffusion_pytorch_model.safetensors");
        try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), Files.size(weights) - 4);
        }

        assertNotEquals(before, ModelFolder.open(folder).revision());
    }

    @Test
    void what_is_no_model_is_refused_with_the_reason() throws IOException {
        refused(temp.resolve("absent"), "does not exist");
        refused(Files.createDirectories(temp.resolve("empty")), "has no model_index.json");

        Path broken = TestModels.copyTo(temp.resolve("broken"));
        Files.writeString(broken.resolve("model_index.json"), "{");
        refused(broken, "cannot be read as JSON");

        Path other = TestModels.copyTo(temp.resolve("other"));
        Files.writeString(other.resolve("model_index.json"), "{\"_class_name\": \"FluxPipeline\"}");
        refused(other, "FluxPipeline");

        Path partial = TestModels.copyTo(temp.resolve("partial"));
        Files.move(partial.resolve("unet"), partial.resolve("unet-elsewhere"));
        refused(partial, "lacks unet");
    }

    @Test
    void a_component_of_another_class_than_the_index_names_is_refused_with_both() throws IOException {
        Path folder = TestModels.copyTo(temp.resolve("model"));
        Path index = folder.resolve("model_index.json");
        Files.writeString(index, Files.readString(index).replace("AutoencoderKL", "AutoencoderTiny"));

        refused(folder, "AutoencoderTiny");
        refused(folder, "AutoencoderKL");
    }

    @Test
    void a_scheduler_by_code_of_the_models_own_is_refused() throws IOException {
        Path folder = TestModels.copyTo(temp.resolve("model"));
        Files.writeString(folder.resolve("model_index.json"), """
                {"_class_name": "StableDiffusionPipeline", "scheduler": ["my_scheduler", "DDIMScheduler"]}
                """);

        Exception refusal = assertThrows(
                ModelFolderException.class, () -> ModelFolder.open(folder).scheduler());
        assertTrue(refusal.getMessage().contains("my_scheduler.DDIMScheduler"), refusal.getMessage());
    }

    @Test
    void flax_names_mean_the_same_classes() throws IOException {
        Path folder = TestModels.copyTo(temp.resolve("model"));
        Files.writeString(folder.resolve("model_index.json"), """
                {"_class_name": "StableDiffusionPipeline", "scheduler": ["diffusers", "FlaxDDIMScheduler"]}
                """);

        assertEquals("DDIMScheduler", ModelFolder.open(folder).scheduler().className());
    }

    private static void refused(Path folder, String reason) {
        Exception refusal = assertThrows(ModelFolderException.class, () -> ModelFolder.open(folder));
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(folder.toString()), refusal.getMessage());
    }
}
