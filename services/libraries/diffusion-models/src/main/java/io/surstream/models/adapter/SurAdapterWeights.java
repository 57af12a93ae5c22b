package io.surstream.models.adapter;

import io.surstream.models.ModelException;
import io.surstream.models.WeightShapes;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.MemoryWeights;
import io.surstream.torch.weights.WeightTensor;
import io.surstream.torch.weights.Weights;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Names and shapes of the adapter's tensors that take part in inference. The published files also hold
 * {@code encoder_layer.*} and {@code attention.value_layer.*}, which no forward uses.
 */
public final class SurAdapterWeights {
    private static final String LAYERS = "transformer_encoder.layers.";

    private SurAdapterWeights() {}

    /**
     * @param width of the text encoder's states
     * @param feedForward inner width of the encoder's layers
     * @param depth number of encoder layers
     */
    public static WeightShapes of(long width, long feedForward, int depth) {
        WeightShapes shapes = new WeightShapes();
        for (int i = 0; i < depth; i++) {
            String n = LAYERS + i;
            shapes.tensor(n + ".self_attn.in_proj_weight", 3 * width, width);
            shapes.tensor(n + ".self_attn.in_proj_bias", 3 * width);
            shapes.linear(n + ".self_attn.out_proj", width, width);
            shapes.linear(n + ".linear1", feedForward, width);
            shapes.linear(n + ".linear2", width, feedForward);
            shapes.norm(n + ".norm1", width).norm(n + ".norm2", width);
        }
        shapes.linear("attention.query_layer", width, width);
        shapes.linear("attention.key_layer", width, width);
        shapes.linear("attention.output_layer.0", width, width);
        shapes.linear("attention.output_layer.2", width, width);
        return shapes.linear("fc", width, width);
    }

    /**
     * Own copies of the tensors that take part, by name.
     *
     * @throws ModelException if the weights are no adapter's
     */
    public static Map<String, FloatTensor> trained(Weights weights, Object origin) {
        Weights own = of(weights, origin).select(weights, origin, UnaryOperator.identity());
        Map<String, FloatTensor> copies = new TreeMap<>();
        own.names().forEach(name -> copies.put(name, own.get(name).toFloat()));
        return copies;
    }

    /** The tensors that take part, out of all that a published checkpoint holds. */
    public static Map<String, FloatTensor> trained(Map<String, FloatTensor> adapter) {
        return trained(MemoryWeights.of(adapter), "the given adapter");
    }

    /** Reads the sizes off the tensors themselves, since the file has no config beside it. */
    static WeightShapes of(Weights weights, Object origin) {
        int depth = 0;
        while (weights.names().contains(LAYERS + depth + ".linear1.weight")) {
            depth++;
        }
        if (depth == 0 || !weights.names().contains("fc.weight")) {
            throw new ModelException(
                    origin + " is no SUR-adapter: it lacks " + LAYERS + "0.linear1.weight or fc.weight");
        }
        WeightTensor inner = weights.get(LAYERS + "0.linear1.weight");
        if (inner.shape().length != 2) {
            throw new ModelException(origin + ": tensor " + inner.name() + " must be a matrix");
        }
        return of(inner.shape()[1], inner.shape()[0], depth);
    }
}
