package io.surstream.models.initialization;

import io.surstream.torch.tensor.FloatTensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weights of a new SUR-adapter, as PyTorch's modules start and the paper says: both layers of the encoder begin as copies of
 * one layer, and {@code fc.weight} is zero, so that training starts from the text states themselves. The unused twins of the
 * published checkpoints ({@code encoder_layer.*}, {@code attention.value_layer.*}) are there too.
 *
 * @param width of the text encoder's states
 */
public record FreshAdapter(int width) {
    private static final int DEPTH = 2;
    private static final int FEED_FORWARD = 2048;
    private static final String TWIN = "encoder_layer";

    /** Fresh parameters by checkpoint key; the same seed gives the same values on every machine. */
    public Map<String, FloatTensor> weights(long seed) {
        FreshWeights w = new FreshWeights(seed);
        w.xavier(TWIN + ".self_attn.in_proj_weight", width, 3 * width);
        w.zeros(TWIN + ".self_attn.in_proj_bias", 3L * width);
        w.linearWithoutBias(TWIN + ".self_attn.out_proj", width, width);
        w.zeros(TWIN + ".self_attn.out_proj.bias", width);
        w.linear(TWIN + ".linear1", width, FEED_FORWARD).linear(TWIN + ".linear2", FEED_FORWARD, width);
        w.norm(TWIN + ".norm1", width).norm(TWIN + ".norm2", width);
        Map<String, FloatTensor> all = new LinkedHashMap<>(w.toMap());
        for (int i = 0; i < DEPTH; i++) {
            String layer = "transformer_encoder.layers." + i;
            w.toMap().forEach((name, tensor) -> {
                if (name.startsWith(TWIN)) {
                    all.put(layer + name.substring(TWIN.length()), tensor);
                }
            });
        }
        for (String layer :
                new String[] {"query_layer", "key_layer", "value_layer", "output_layer.0", "output_layer.2"}) {
            w.linear("attention." + layer, width, width);
        }
        w.zeros("fc.weight", width, width).uniform("fc.bias", width, width);
        w.toMap().forEach(all::putIfAbsent);
        return all;
    }

    /** {@code resize.weight} [width, teacherWidth] and {@code resize.bias} [width]: from the teacher's width to the adapter's. */
    public Map<String, FloatTensor> resize(int teacherWidth, long seed) {
        return new FreshWeights(seed).linear("resize", teacherWidth, width).toMap();
    }
}
