package io.surstream.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.MemoryWeights;
import io.surstream.torch.weights.Weights;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class WeightShapesTest {
    private final WeightShapes shapes = new WeightShapes().linear("proj", 2, 3);
    private final FloatTensor weight = FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    private final FloatTensor bias = FloatTensor.zeros(2);

    @Test
    void the_tensors_of_the_network_are_kept_and_others_left_out() {
        MemoryWeights file = MemoryWeights.of(Map.of("old.weight", weight, "old.bias", bias, "position_ids", bias));
        Weights own = shapes.select(file, "a file", name -> name.replace("old.", "proj."));
        assertEquals(Set.of("proj.weight", "proj.bias"), own.names());
        assertArrayEquals(weight.data(), own.get("proj.weight").toFloat().data());
    }

    @Test
    void a_missing_tensor_is_named() {
        MemoryWeights file = MemoryWeights.of(Map.of("proj.weight", weight));
        ModelException e =
                assertThrows(ModelException.class, () -> shapes.select(file, "a file", UnaryOperator.identity()));
        assertEquals(
                "a file lacks 1 of the 2 tensors that its config asks for, the first is proj.bias", e.getMessage());
    }

    @Test
    void a_tensor_of_another_shape_is_named_with_both_shapes() {
        MemoryWeights file = MemoryWeights.of(Map.of("proj.weight", weight, "proj.bias", FloatTensor.zeros(3)));
        ModelException e =
                assertThrows(ModelException.class, () -> shapes.select(file, "a file", UnaryOperator.identity()));
        assertEquals("a file: tensor proj.bias has shape [3] but the config asks for [2]", e.getMessage());
    }
}
