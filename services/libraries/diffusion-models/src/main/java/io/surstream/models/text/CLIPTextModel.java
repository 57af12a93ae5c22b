package io.surstream.models.text;

import io.surstream.models.ModelException;
import io.surstream.models.Network;
import io.surstream.models.NetworkScripts;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.weights.Weights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CLIP's text encoder, as Stable Diffusion 1.x and 2.x use it. Attention is causal; padding is attended like any other
 * token. Shapes: B batch, S token positions (at most {@code max_position_embeddings}), X {@code hidden_size}.
 */
public final class CLIPTextModel extends Network {
    private final ClipTextConfig config;

    private CLIPTextModel(ClipTextConfig config, Weights weights, DType dtype, TorchDevice device) {
        super(NetworkScripts.clipText(), structure(config, dtype), weights, device);
        this.config = config;
    }

    /**
     * Reads {@code config.json} and the weights of a folder in transformers layout, keys with or without
     * {@code text_model.} in front.
     *
     * @param dtype what it computes in; the stored weights may have another
     * @throws ModelException if the config asks for something unsupported or the weights do not fit it
     */
    public static CLIPTextModel load(Path folder, DType dtype, TorchDevice device) {
        return read(
                folder,
                TRANSFORMERS_WEIGHTS,
                ClipTextConfig::from,
                (config, weights) -> of(config, weights, folder, dtype, device));
    }

    /** As {@link #load}, from loaded weights, which the caller closes; {@code origin} names them in messages. */
    public static CLIPTextModel of(
            ClipTextConfig config, Weights weights, Object origin, DType dtype, TorchDevice device) {
        Weights own = ClipTextWeights.of(config).select(weights, origin, ClipTextWeights::canonical);
        return new CLIPTextModel(config, own, dtype, device);
    }

    private static Map<String, Object> structure(ClipTextConfig config, DType dtype) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("dtype", (long) dtype.torchCode());
        attributes.put("heads", (long) config.heads());
        attributes.put("eps", config.eps());
        attributes.put("act", config.activation());
        attributes.put("eos_token_id", config.eosTokenId());
        return attributes;
    }

    public ClipTextConfig config() {
        return config;
    }

    /**
     * The last hidden state, through the final norm: what the UNet's cross-attention reads.
     *
     * @param inputIds [B,S]
     * @return [B,S,X]
     */
    public FloatTensor forward(LongTensor inputIds) {
        check(inputIds);
        return one("forward", inputIds);
    }

    /**
     * All states: last hidden state [B,S,X], pooled output [B,X], then the embeddings and each layer's output, [B,S,X]
     * and not normed.
     *
     * @param inputIds [B,S]
     */
    public List<FloatTensor> states(LongTensor inputIds) {
        check(inputIds);
        return run("states", inputIds);
    }

    private void check(LongTensor inputIds) {
        expect("input_ids", inputIds, -1, -1);
        if (inputIds.shape()[1] > config.maxPositions()) {
            throw new ModelException("input_ids has " + inputIds.shape()[1] + " positions but the text encoder has "
                    + config.maxPositions() + "; shorten the prompt");
        }
        for (long id : inputIds.data()) {
            if (id < 0 || id >= config.vocabSize()) {
                throw new ModelException("input_ids holds " + id + " but the vocabulary has ids 0.."
                        + (config.vocabSize() - 1) + "; tokenizer and text encoder do not belong together");
            }
        }
    }
}
