package io.surstream.models.llama;

import io.surstream.models.WeightShapes;

/** Names and shapes of a decoder's weights, as transformers' ForCausalLM files have them; the language head is not among them. */
public final class LlamaWeights {
    private LlamaWeights() {}

    /** Of every layer. */
    public static WeightShapes of(LlamaConfig config) {
        return of(config, config.layers());
    }

    /** Of the first {@code depth} layers; the final norm belongs to the last one. */
    static WeightShapes of(LlamaConfig config, int depth) {
        long c = config.hiddenSize();
        long q = (long) config.heads() * config.headDim();
        long kv = (long) config.keyValueHeads() * config.headDim();
        long inner = config.intermediateSize();
        WeightShapes shapes = new WeightShapes().tensor("model.embed_tokens.weight", config.vocabSize(), c);
        for (int i = 0; i < depth; i++) {
            String n = "model.layers." + i;
            shapes.tensor(n + ".input_layernorm.weight", c).tensor(n + ".post_attention_layernorm.weight", c);
            matrix(shapes, n + ".self_attn.q_proj", q, c, config.attentionBias());
            matrix(shapes, n + ".self_attn.k_proj", kv, c, config.attentionBias());
            matrix(shapes, n + ".self_attn.v_proj", kv, c, config.attentionBias());
            matrix(shapes, n + ".self_attn.o_proj", c, q, config.outputBias());
            matrix(shapes, n + ".mlp.gate_proj", inner, c, config.mlpBias());
            matrix(shapes, n + ".mlp.up_proj", inner, c, config.mlpBias());
            matrix(shapes, n + ".mlp.down_proj", c, inner, config.mlpBias());
        }
        return depth == config.layers() ? shapes.tensor("model.norm.weight", c) : shapes;
    }

    private static void matrix(WeightShapes shapes, String name, long out, long in, boolean bias) {
        shapes.tensor(name + ".weight", out, in);
        if (bias) {
            shapes.tensor(name + ".bias", out);
        }
    }
}
