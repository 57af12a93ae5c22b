package io.surstream.torch.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.TorchException;
import io.surstream.torch.weights.SafetensorsException;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {
    private static final FloatTensor ONE = FloatTensor.scalar(1);
    private static final FloatTensor TWO = FloatTensor.scalar(2);

    @TempDir
    Path folder;

    private Path index;

    @BeforeEach
    void twoShards() throws IOException {
        SafetensorsWriter.write(
                folder.resolve("model-1-of-2.safetensors"), Map.of("a", ONE), Map.of("format", "pt"), DType.FP32);
        SafetensorsWriter.write(folder.resolve("model-2-of-2.safetensors"), Map.of("b", TWO), Map.of(), DType.FP32);
        index = folder.resolve("model.safetensors.index.json");
        Files.writeString(index, """
            {"metadata": {"total_size": 8},
             "weight_map": {"b": "model-2-of-2.safetensors", "a": "model-1-of-2.safetensors"}}\
            """);
    }

    @Test
    void a_sharded_checkpoint_opens_by_its_index_or_its_folder() {
        for (Weights weights :
                List.of(Checkpoint.open(index), Checkpoint.open(folder), Checkpoint.open(folder, "model"))) {
            assertEquals(List.of("b", "a"), List.copyOf(weights.names()));
            assertEquals(ONE, weights.get("a").toFloat());
            assertEquals(TWO, weights.get("b").toFloat());
            assertEquals(Map.of("format", "pt"), weights.metadata());
            weights.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "nonsense|is not JSON",
                "{}|has no weight_map",
                "{'weight_map':{}}|has no weight_map",
                "{'weight_map':{'a':'model-2-of-2.safetensors'}}|says tensor 'a' is in model-2-of-2.safetensors, which"
                        + " lacks it",
                "{'weight_map':{'a':'../secret.safetensors'}}|must be in a .safetensors file beside the index",
                "{'weight_map':{'a':7}}|must be in a .safetensors file beside the index",
                "{'weight_map':{'a':'absent.safetensors'}}|absent.safetensors: does not exist",
                "{'weight_map':{'a':'x.safetensors','a':'y.safetensors'}}|Duplicate",
            })
    void a_wrong_index_is_refused(String json, String words) throws IOException {
        Files.writeString(index, json.replace('\'', '"'));
        SafetensorsException e = assertThrows(SafetensorsException.class, () -> Checkpoint.open(index));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    @Test
    void a_folder_without_a_checkpoint_says_what_it_holds() {
        TorchException e = assertThrows(TorchException.class, () -> Checkpoint.open(folder, "vae"));
        assertTrue(e.getMessage().contains("no checkpoint named vae"), e.getMessage());
        assertTrue(e.getMessage().contains("it holds model-1-of-2.safetensors"), e.getMessage());
        e = assertThrows(TorchException.class, () -> Checkpoint.open(folder.resolve("absent")));
        assertTrue(e.getMessage().contains("does not exist"), e.getMessage());
    }

    @Test
    void a_single_file_under_any_name_is_found_and_usual_names_come_first() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        SafetensorsWriter.write(other.resolve("any.safetensors"), Map.of("a", ONE), Map.of(), DType.FP32);
        assertEquals(ONE, Checkpoint.open(other).get("a").toFloat());
        SafetensorsWriter.write(other.resolve("adapter.safetensors"), Map.of("a", TWO), Map.of(), DType.FP32);
        assertEquals(TWO, Checkpoint.open(other).get("a").toFloat());
    }
}
