package io.surstream.torch.pickle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDictWriterTest {
    @TempDir
    Path folder;

    @Test
    void what_is_written_is_read_again_in_the_same_order() {
        // given
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        tensors.put("z.weight", FloatTensor.of(new float[] {1, -2, 3.5f, 4, 5, 6}, 2, 3));
        tensors.put("a.größe", FloatTensor.scalar(7));
        tensors.put("empty", FloatTensor.zeros(0, 4));
        Path file = folder.resolve("adapter.pt");
        // when
        StateDictWriter.write(file, tensors);
        // then
        try (Weights read = Checkpoint.open(file)) {
            assertEquals(List.copyOf(tensors.keySet()), List.copyOf(read.names()));
            tensors.forEach(
                    (name, tensor) -> assertEquals(tensor, read.get(name).toFloat(), name));
        }
    }

    @Test
    void equal_tensors_give_equal_files_and_leave_nothing_beside_them() throws IOException {
        Map<String, FloatTensor> tensors = Map.of("x", FloatTensor.of(new float[300], 300));
        StateDictWriter.write(folder.resolve("a.pt"), tensors);
        StateDictWriter.write(folder.resolve("b.pt"), tensors);
        assertArrayEquals(Files.readAllBytes(folder.resolve("a.pt")), Files.readAllBytes(folder.resolve("b.pt")));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }
}
