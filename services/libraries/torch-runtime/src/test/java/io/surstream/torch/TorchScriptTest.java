package io.surstream.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.weights.MemoryWeights;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.torch.weights.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptTest {
    private static final FloatTensor X = FloatTensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    private static final Map<String, FloatTensor> W =
            Map.of("weight", FloatTensor.of(new float[] {1, 0.5f, -1, 2}, 2, 2), "layer.0.bias", FloatTensor.scalar(1));

    @TempDir
    Path folder;

    private final TorchScript toy = TorchScript.load(
            ScriptSource.ofResources(TorchScriptTest.class, "toy.torchscript"),
            "Toy",
            Map.of(
                    "factor",
                    10.0,
                    "steps",
                    1L << 40,
                    "name",
                    "abc",
                    "sizes",
                    List.of(7L, 8L),
                    "rates",
                    List.of(0.5, 0.25)),
            TorchDevice.CPU);

    @AfterEach
    void close() {
        toy.close();
    }

    @Test
    void a_bound_script_computes() {
        toy.bind("bind", MemoryWeights.of(W));
        List<FloatTensor> y = toy.run("forward", X);
        assertEquals(List.of(FloatTensor.of(new float[] {20, 30, 50, 50}, 2, 2)), y);
    }

    @Test
    void attributes_of_every_kind_reach_the_script() {
        assertArrayEquals(
                new float[] {(float) (1L << 40), 0.25f, 7, 3},
                toy.run("attributes").get(0).data());
    }

    @Test
    void mapped_weights_of_every_float_type_compute_the_same_and_outlive_their_reader() {
        for (DType dtype : List.of(DType.FP32, DType.FP16, DType.BF16, DType.FP64)) {
            Path file = folder.resolve(dtype + ".safetensors");
            SafetensorsWriter.write(file, W, Map.of("k", "v"), dtype);
            try (Weights weights = SafetensorsFile.open(file)) {
                assertEquals(dtype, weights.get("weight").dtype());
                assertEquals(W.get("weight"), weights.get("weight").toFloat());
                assertEquals(Map.of("k", "v"), weights.metadata());
                toy.bind("bind", weights);
            }
            System.gc();
            assertArrayEquals(
                    new float[] {20, 30, 50, 50}, toy.run("forward", X).get(0).data(), dtype.name());
        }
    }

    @Test
    void lists_tuples_and_dictionaries_come_back() {
        FloatTensor zero = FloatTensor.scalar(0);
        FloatTensor one = FloatTensor.scalar(1);
        FloatTensor two = FloatTensor.scalar(2);
        assertEquals(List.of(zero, one, two), toy.run("many", zero, LongTensor.scalar(3)));
        assertEquals(List.of(one, two), toy.run("pair", zero));
        assertEquals(List.of(one, two), toy.run("dictionary", zero));
    }

    @Test
    void views_come_back_packed() {
        assertEquals(
                List.of(
                        FloatTensor.of(new float[] {1, 3, 2, 4}, 2, 2),
                        FloatTensor.of(new float[] {2, 4}, 2, 1),
                        FloatTensor.of(new float[] {3, 4}, 2),
                        FloatTensor.of(new float[] {1, 2, 3, 4, 1, 2, 3, 4}, 2, 2, 2)),
                toy.run("views", X));
    }

    @Test
    void empty_tensors_go_in_and_come_out() {
        assertEquals(List.of(FloatTensor.zeros(0, 3)), toy.run("many", FloatTensor.zeros(0, 3), LongTensor.scalar(1)));
        assertEquals(List.of(), toy.run("many", X, LongTensor.scalar(0)));
    }

    @Test
    void a_method_that_is_missing_called_wrongly_or_returns_no_tensor_is_named() {
        ScriptException e = assertThrows(ScriptException.class, () -> toy.run("absent", X));
        assertTrue(e.getMessage().startsWith("Toy.absent: "), e.getMessage());
        e = assertThrows(ScriptException.class, () -> toy.run("forward"));
        assertTrue(e.getMessage().contains("forward() is missing value for argument 'x'"), e.getMessage());
        e = assertThrows(ScriptException.class, () -> toy.run("number", FloatTensor.scalar(1)));
        assertTrue(e.getMessage().contains("returns neither"), e.getMessage());
    }

    @Test
    void a_source_that_does_not_compile_is_refused_with_the_line() {
        ScriptSource source = new ScriptSource("""
            class Wrong(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Wrong, x: Tensor) -> Tensor:
                return torch.no_such_function(x)
            """);
        ScriptException e =
                assertThrows(ScriptException.class, () -> TorchScript.load(source, "Wrong", Map.of(), TorchDevice.CPU));
        assertTrue(e.getMessage().contains("no_such_function"), e.getMessage());
    }

    @Test
    void training_changes_its_own_copy_of_the_weights() {
        toy.bind("bind_trainable", MemoryWeights.of(W));
        FloatTensor y = FloatTensor.zeros(2, 2);
        float first = toy.train("step", X, y).get(0).data()[0];
        float second = toy.train("step", X, y).get(0).data()[0];
        assertTrue(second < first, first + " then " + second);
        Map<String, FloatTensor> trained = toy.export("parameters");
        assertEquals(W.keySet(), trained.keySet());
        // loss = mean((x W^T)^2); d/dW[0,0] = 2/4 * sum_b y[b,0] x[b,0] = 0.5 * (2 * 1 + 5 * 3)
        toy.bind("bind_trainable", MemoryWeights.of(W));
        toy.train("step", X, y);
        assertEquals(1 - 0.1f * 8.5f, toy.export("parameters").get("weight").data()[0], 1e-6f);
    }

    @Test
    void an_assertion_in_the_script_is_the_message() {
        ScriptException e = assertThrows(ScriptException.class, () -> toy.run("refuse", X));
        assertEquals("Toy.refuse: x must have 3 rows but has 2", e.getMessage());
    }

    @Test
    void a_shape_mismatch_is_torchs_short_message_and_the_script_goes_on() {
        toy.bind("bind", MemoryWeights.of(W));
        ScriptException e = assertThrows(ScriptException.class, () -> toy.run("forward", FloatTensor.zeros(2, 3)));
        assertEquals("Toy.forward", e.method());
        assertEquals("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x2)", e.reason());
        assertEquals(1, toy.run("forward", X).size());
    }

    @Test
    void a_result_that_is_not_float32_is_refused_by_name() {
        ScriptException e = assertThrows(ScriptException.class, () -> toy.run("half", X));
        assertTrue(e.getMessage().contains("must be float32"), e.getMessage());
    }

    @Test
    void many_threads_get_identical_results() {
        toy.bind("bind", MemoryWeights.of(W));
        FloatTensor expected = toy.run("forward", X).get(0);
        assertTrue(IntStream.range(0, 200)
                .parallel()
                .allMatch(i -> toy.run("forward", X).get(0).equals(expected)));
    }

    @Test
    void a_closed_script_refuses_every_call() {
        toy.close();
        assertThrows(IllegalStateException.class, () -> toy.run("forward", X));
        toy.close();
    }

    @Test
    void a_missing_attribute_value_is_named() {
        ScriptSource source = ScriptSource.ofResources(TorchScriptTest.class, "toy.torchscript");
        var e = assertThrows(
                IllegalArgumentException.class, () -> TorchScript.load(source, "Toy", Map.of(), TorchDevice.CPU));
        assertEquals("script class Toy needs a value for its attribute factor : float", e.getMessage());
    }
}
