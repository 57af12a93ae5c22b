package io.surstream.models.text;

import io.surstream.models.ConfigFile;

/**
 * Shape of a CLIPTextModel, as its {@code config.json} says it.
 *
 * @param maxPositions most token positions of one prompt, start and end included
 * @param eosTokenId the id whose state is the pooled output; 2 in old configs, meaning the largest id of the prompt
 */
public record ClipTextConfig(
        int vocabSize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int heads,
        int maxPositions,
        String activation,
        double eps,
        long eosTokenId) {

    /**
     * Reads and checks a config; that of a whole CLIPModel too, whose text part is in {@code text_config}.
     *
     * @throws io.surstream.models.ModelException naming the first value that is not supported
     */
    public static ClipTextConfig from(ConfigFile file) {
        ConfigFile config = file.inside("text_config");
        int hidden = config.count("hidden_size", 512);
        int heads = config.count("num_attention_heads", 8);
        if (hidden % heads != 0) {
            throw config.refusal("num_attention_heads", "divisors of hidden_size " + hidden);
        }
        return new ClipTextConfig(
                config.count("vocab_size", 49408),
                hidden,
                config.count("intermediate_size", 2048),
                config.depth("num_hidden_layers", 12),
                heads,
                config.count("max_position_embeddings", 77),
                config.choice(
                        "hidden_act",
                        "quick_gelu",
                        "gelu",
                        "gelu_new",
                        "gelu_pytorch_tanh",
                        "relu",
                        "silu",
                        "swish",
                        "mish"),
                config.number("layer_norm_eps", 1e-5),
                config.whole("eos_token_id", 49407));
    }
}
