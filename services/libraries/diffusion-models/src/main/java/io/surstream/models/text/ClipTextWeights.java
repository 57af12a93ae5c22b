package io.surstream.models.text;

import io.surstream.models.WeightShapes;

/** Names and shapes of a CLIPTextModel's tensors. */
public final class ClipTextWeights {
    private static final String PREFIX = "text_model.";

    private ClipTextWeights() {}

    /** All tensors of a text encoder of that config. */
    public static WeightShapes of(ClipTextConfig config) {
        WeightShapes shapes = new WeightShapes();
        long c = config.hiddenSize();
        shapes.tensor(PREFIX + "embeddings.token_embedding.weight", config.vocabSize(), c);
        shapes.tensor(PREFIX + "embeddings.position_embedding.weight", config.maxPositions(), c);
        for (int i = 0; i < config.layers(); i++) {
            String n = PREFIX + "encoder.layers." + i;
            shapes.norm(n + ".layer_norm1", c);
            for (String projection : new String[] {"q_proj", "k_proj", "v_proj", "out_proj"}) {
                shapes.linear(n + ".self_attn." + projection, c, c);
            }
            shapes.norm(n + ".layer_norm2", c);
            shapes.linear(n + ".mlp.fc1", config.intermediateSize(), c);
            shapes.linear(n + ".mlp.fc2", c, config.intermediateSize());
        }
        return shapes.norm(PREFIX + "final_layer_norm", c);
    }

    /** From a stored name to the one with prefix: transformers 5 writes the names without it. */
    static String canonical(String stored) {
        return stored.startsWith(PREFIX) ? stored : PREFIX + stored;
    }
}
