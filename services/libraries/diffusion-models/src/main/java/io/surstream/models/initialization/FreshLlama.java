package io.surstream.models.initialization;

import io.surstream.torch.tensor.FloatTensor;
import java.util.Map;

/** Weights of a new decoder of the LLaMA family without biases, keys exactly as transformers' LlamaForCausalLM writes them. */
public record FreshLlama(
        int vocabSize, int hiddenSize, int intermediateSize, int layers, int heads, int keyValueHeads) {
    private static final double DEVIATION = 0.02;

    /** Width of one head. */
    public int headDim() {
        return hiddenSize / heads;
    }

    /**
     * Fresh parameters by checkpoint key, normal with deviation 0.02 as transformers starts them; the language head is the
     * embedding itself. The same seed gives the same values on every machine.
     */
    public Map<String, FloatTensor> weights(long seed) {
        FreshWeights w = new FreshWeights(seed);
        int keyValue = keyValueHeads * headDim();
        w.normal("model.embed_tokens.weight", DEVIATION, vocabSize, hiddenSize);
        for (int i = 0; i < layers; i++) {
            String layer = "model.layers." + i;
            w.ones(layer + ".input_layernorm.weight", hiddenSize);
            w.ones(layer + ".post_attention_layernorm.weight", hiddenSize);
            w.normal(layer + ".self_attn.q_proj.weight", DEVIATION, hiddenSize, hiddenSize);
            w.normal(layer + ".self_attn.k_proj.weight", DEVIATION, keyValue, hiddenSize);
            w.normal(layer + ".self_attn.v_proj.weight", DEVIATION, keyValue, hiddenSize);
            w.normal(layer + ".self_attn.o_proj.weight", DEVIATION, hiddenSize, hiddenSize);
            w.normal(layer + ".mlp.gate_proj.weight", DEVIATION, intermediateSize, hiddenSize);
            w.normal(layer + ".mlp.up_proj.weight", DEVIATION, intermediateSize, hiddenSize);
            w.normal(layer + ".mlp.down_proj.weight", DEVIATION, hiddenSize, intermediateSize);
        }
        return w.ones("model.norm.weight", hiddenSize).toMap();
    }
}
