package io.surstream.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.pickle.StateDictWriter;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
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
        change(folder.resolve("unet/diffusion_pytorch_model.safetensors"), 4);

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

    @Test
    void the_revision_of_regular_safetensors_stays_what_it_was() {
        assertEquals(
                "2ffb7ba22988b6d7",
                ModelFolder.open(TestModels.copyTo(temp.resolve("model"))).revision());
    }

    @Test
    void one_other_weight_in_a_torch_file_makes_another_revision() throws IOException {
        Path folder = TestModels.copyTo(temp.resolve("model"));
        Path safetensors = folder.resolve("unet/diffusion_pytorch_model.safetensors");
        Path torch = folder.resolve("unet/diffusion_pytorch_model.bin");
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        try (Weights weights = Checkpoint.open(safetensors)) {
            weights.names().forEach(name -> tensors.put(name, weights.get(name).toFloat()));
        }
        Files.delete(safetensors);
        StateDictWriter.write(torch, tensors);
        String before = ModelFolder.open(folder).revision();
        tensors.get("conv_out.bias").data()[0] += 0.5f;
        StateDictWriter.write(torch, tensors);

        assertNotEquals(before, ModelFolder.open(folder).revision());
    }

    @Test
    void a_torch_file_that_is_not_read_changes_nothing() throws IOException {
        Path folder = TestModels.copyTo(temp.resolve("model"));
        String before = ModelFolder.open(folder).revision();
        Files.writeString(folder.resolve("unet/diffusion_pytorch_model.bin"), "beside the safetensors");

        assertEquals(before, ModelFolder.open(folder).revision());
    }

    @Test
    void a_linked_component_counts_as_if_it_lay_there() throws IOException {
        Path folder = TestModels.copyTo(temp.resolve("model"));
        String before = ModelFolder.open(folder).revision();
        Path elsewhere = temp.resolve("elsewhere");
        Files.move(folder.resolve("vae"), elsewhere);
        Files.createSymbolicLink(folder.resolve("vae"), elsewhere);

        assertEquals(before, ModelFolder.open(folder).revision());
        change(elsewhere.resolve("diffusion_pytorch_model.safetensors"), 4);
        assertNotEquals(before, ModelFolder.open(folder).revision());
    }

    @Test
    void any_byte_of_a_large_file_counts() throws IOException {
        Path folder = TestModels.copyTo(temp.resolve("model"));
        Path weights = folder.resolve("unet/diffusion_pytorch_model.safetensors");
        try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), 64 << 20);
        }
        String before = ModelFolder.open(folder).revision();
        change(weights, 5_000_000);

        assertNotEquals(before, ModelFolder.open(folder).revision());
    }

    @Test
    void the_class_that_the_index_gives_the_scheduler_counts() throws IOException {
        Path folder = TestModels.copyTo(temp.resolve("model"));
        String before = ModelFolder.open(folder).revision();
        Path index = folder.resolve("model_index.json");
        Files.writeString(index, Files.readString(index).replace("PNDMScheduler", "EulerDiscreteScheduler"));

        assertNotEquals(before, ModelFolder.open(folder).revision());
    }

    @Test
    void a_link_that_leads_round_in_a_circle_is_refused() throws IOException {
        Path folder = TestModels.copyTo(temp.resolve("model"));
        Files.createSymbolicLink(folder.resolve("vae/again"), folder);

        refused(folder, "cannot be read");
    }

    private static void change(Path file, long fromEnd) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), Files.size(file) - fromEnd);
        }
    }

    private static void refused(Path folder, String reason) {
        Exception refusal = assertThrows(ModelFolderException.class, () -> ModelFolder.open(folder));
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(folder.toString()), refusal.getMessage());
    }
}
