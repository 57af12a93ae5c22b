package io.surstream.models.llama;

import io.surstream.models.ConfigFile;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shape of a decoder of the LLaMA family, as its {@code config.json} says it: LLaMA 1 to 3, Mistral, Qwen 2.
 *
 * @param headDim width of one head
 * @param window longest input that attention sees whole
 * @param attentionBias whether q, k and v have biases
 * @param outputBias whether the attention's output has one
 * @param mlpBias whether the feed-forward's matrices have them
 * @param inverseFrequencies [headDim / 2] of the rotary positions, scaling included
 */
public record LlamaConfig(
        int vocabSize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int heads,
        int keyValueHeads,
        int headDim,
        double eps,
        String activation,
        int window,
        boolean attentionBias,
        boolean outputBias,
        boolean mlpBias,
        List<Double> inverseFrequencies) {

    /** @throws io.surstream.models.ModelException naming the first value that is not supported */
    public static LlamaConfig from(ConfigFile config) {
        String family = config.choice("model_type", "llama", "mistral", "qwen2");
        int hidden = config.count("hidden_size", 4096);
        int heads = config.count("num_attention_heads", 32);
        int keyValueHeads = config.count("num_key_value_heads", heads);
        if (heads % keyValueHeads != 0) {
            throw config.refusal("num_key_value_heads", "divisors of num_attention_heads " + heads);
        }
        int headDim = config.count("head_dim", Math.max(1, hidden / heads));
        if (headDim % 2 != 0) {
            throw config.refusal("head_dim", "even numbers");
        }
        boolean bias = config.flag("attention_bias", false);
        return new LlamaConfig(
                config.count("vocab_size", 32000),
                hidden,
                config.count("intermediate_size", 11008),
                config.count("num_hidden_layers", 32),
                heads,
                keyValueHeads,
                headDim,
                config.number("rms_norm_eps", 1e-6),
                config.choice("hidden_act", "silu", "gelu", "gelu_new", "gelu_pytorch_tanh", "relu"),
                window(config, family),
                bias || family.equals("qwen2"),
                bias,
                config.flag("mlp_bias", false),
                frequencies(config, headDim));
    }

    /** Sliding windows are not computed: an input may not be longer than one. */
    private static int window(ConfigFile config, String family) {
        int positions = config.count("max_position_embeddings", 2048);
        boolean slides = family.equals("mistral") || config.flag("use_sliding_window", false);
        return slides && config.has("sliding_window")
                ? Math.min(positions, config.count("sliding_window", positions))
                : positions;
    }

    private static List<Double> frequencies(ConfigFile config, int headDim) {
        // newer configs keep the base beside the scaling
        ConfigFile rope =
                config.has("rope_parameters") ? config.inside("rope_parameters") : config.inside("rope_scaling");
        double theta = rope.number("rope_theta", config.number("rope_theta", 10000));
        boolean scaled = config.has("rope_parameters") || config.has("rope_scaling");
        RopeScaling scaling = scaled ? RopeScaling.from(rope) : RopeScaling.NONE;
        return IntStream.range(0, headDim / 2)
                .mapToObj(i -> scaling.apply(Math.pow(theta, -2.0 * i / headDim)))
                .toList();
    }
}
