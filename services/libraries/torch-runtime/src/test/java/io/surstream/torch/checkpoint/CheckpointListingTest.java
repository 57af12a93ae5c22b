package io.surstream.torch.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.surstream.torch.pickle.TorchZip;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.TorchException;
import io.surstream.torch.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointListingTest {
    @TempDir
    Path folder;

    @Test
    void a_pipeline_folder_lists_its_components_with_their_config() throws IOException {
        Files.writeString(folder.resolve("model_index.json"), "{\"_class_name\":\"StableDiffusionPipeline\"}");
        Path unet = Files.createDirectory(folder.resolve("unet"));
        Files.writeString(unet.resolve("config.json"), "{\"in_channels\":4}");
        SafetensorsWriter.write(
                unet.resolve("diffusion_pytorch_model.safetensors"),
                Map.of("conv.weight", FloatTensor.zeros(2, 3)),
                Map.of("format", "pt"),
                DType.FP16);
        Files.createDirectory(folder.resolve("scheduler"));

        List<CheckpointListing> all = CheckpointListing.of(folder);

        assertEquals(2, all.size());
        assertEquals(CheckpointListing.Format.PIPELINE, all.get(0).format());
        CheckpointListing listed = all.get(1);
        assertEquals(Optional.of("{\"in_channels\":4}"), listed.config());
        assertEquals(Map.of("format", "pt"), listed.metadata());
        assertEquals(12, listed.bytes());
        assertEquals(6, listed.elements());
        CheckpointListing.Tensor tensor = listed.tensors().get(0);
        assertEquals("conv.weight", tensor.name());
        assertEquals(DType.FP16, tensor.dtype());
        assertArrayEquals(new long[] {2, 3}, tensor.shape());
    }

    @Test
    void shards_are_listed_with_their_files() throws IOException {
        Path shard = folder.resolve("m-1.safetensors");
        SafetensorsWriter.write(shard, Map.of("a", FloatTensor.scalar(1)), Map.of(), DType.FP32);
        Files.writeString(
                folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{\"a\":\"m-1.safetensors\"}}");
        CheckpointListing listed = CheckpointListing.of(folder).get(0);
        assertEquals(CheckpointListing.Format.SHARDED_SAFETENSORS, listed.format());
        assertEquals(shard, listed.tensors().get(0).file());
    }

    @Test
    void a_torch_state_dict_is_listed() throws IOException {
        Path file = new TorchZip()
                .pickle("}" + TorchZip.text("a") + TorchZip.tensor("0", 6, 0, new int[] {2, 3}, new int[] {3, 1}) + "s")
                .write(folder.resolve("adapter.pt"));
        CheckpointListing listed = CheckpointListing.of(file).get(0);
        assertEquals(CheckpointListing.Format.TORCH_STATE_DICT, listed.format());
        assertEquals(24, listed.bytes());
    }

    @Test
    void a_folder_that_is_no_model_is_refused() {
        assertThrows(TorchException.class, () -> CheckpointListing.of(folder));
        assertThrows(TorchException.class, () -> CheckpointListing.of(folder.resolve("absent")));
    }
}
