package io.surstream.models;

import static io.surstream.models.RandomWeights.distance;
import static io.surstream.models.RandomWeights.normal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.models.text.ClipTextConfig;
import io.surstream.models.text.ClipTextWeights;
import io.surstream.torch.ScriptSource;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.TorchScript;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.weights.MemoryWeights;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script's layers against plain Java, and a gradient against differences. */
class LayersTest {
    private final Random random = new Random(8);

    private static TorchScript probe() {
        ScriptSource probe = ScriptSource.ofResources(LayersTest.class, "layers_probe.torchscript");
        ScriptSource all = new ScriptSource(NetworkScripts.clipText().text() + probe.text());
        return TorchScript.load(all, "LayersProbe", Map.of("w", TorchScript.EMPTY_DICT), TorchDevice.CPU);
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 5, 0", "2, 4, 7, 0", "3, 6, 6, 1"})
    void attention_is_softmax_of_scaled_products(int heads, int queries, int keys, long causal) {
        FloatTensor q = normal(random, 1, queries, 12);
        FloatTensor k = normal(random, 1, keys, 12);
        FloatTensor v = normal(random, 1, keys, 12);
        try (TorchScript script = probe()) {
            FloatTensor got = script.run("attention", q, k, v, LongTensor.scalar(heads), LongTensor.scalar(causal))
                    .get(0);
            FloatTensor naive = NaiveLayers.attention(q, k, v, heads, causal == 1);
            assertTrue(distance(naive, got) < 1e-5, "differs by " + distance(naive, got));
        }
    }

    @Test
    void a_resnet_block_is_two_normed_convolutions_and_a_shortcut() {
        WeightShapes shapes = new WeightShapes().resnet("r", 4, 6, 0);
        Map<String, FloatTensor> weights = RandomWeights.tensors(shapes, 2);
        FloatTensor x = normal(random, 1, 4, 3, 5);
        try (TorchScript script = probe()) {
            script.bind("bind", MemoryWeights.of(weights));
            FloatTensor got = script.run("resnet", x).get(0);
            FloatTensor naive = NaiveLayers.resnet(weights, "r", x, 2, 1e-5);
            assertTrue(distance(naive, got) < 1e-4, "differs by " + distance(naive, got));
        }
    }

    @Test
    void a_gradient_through_the_text_encoder_agrees_with_differences_along_it() {
        ClipTextConfig config = new ClipTextConfig(20, 12, 16, 2, 3, 8, "quick_gelu", 1e-5, 19);
        Map<String, FloatTensor> weights = RandomWeights.tensors(ClipTextWeights.of(config), 3);
        FloatTensor p = weights.get("text_model.encoder.layers.0.self_attn.q_proj.weight");
        LongTensor ids = LongTensor.of(new long[] {1, 2, 3, 4, 5, 6}, 1, 6);
        FloatTensor direction = normal(random, 1, 6, 12);
        try (TorchScript script = probe()) {
            script.bind("bind", MemoryWeights.of(weights));
            FloatTensor gradient =
                    script.train("clip_gradient", ids, direction, p).get(0);
            double norm = 0;
            for (float g : gradient.data()) {
                norm += (double) g * g;
            }
            norm = Math.sqrt(norm);
            double step = 0.05;
            double difference = loss(script, ids, direction, moved(p, gradient, step / norm))
                    - loss(script, ids, direction, moved(p, gradient, -step / norm));
            assertTrue(norm > 1e-4);
            assertEquals(norm, difference / (2 * step), norm * 0.02);
        }
    }

    private static double loss(TorchScript script, LongTensor ids, FloatTensor direction, FloatTensor p) {
        return script.run("clip_loss", ids, direction, p).get(0).data()[0];
    }

    private static FloatTensor moved(FloatTensor p, FloatTensor along, double step) {
        float[] data = p.data().clone();
        for (int i = 0; i < data.length; i++) {
            data[i] += (float) (step * along.data()[i]);
        }
        return FloatTensor.of(data, p.shape());
    }
}
