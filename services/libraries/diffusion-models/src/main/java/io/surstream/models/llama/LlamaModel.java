package io.surstream.models.llama;

import io.surstream.models.ConfigFile;
import io.surstream.models.ModelException;
import io.surstream.models.Network;
import io.surstream.models.NetworkScripts;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.weights.Weights;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A causal decoder of the LLaMA family, without its language head. Rows of a batch are padded on the right: since attention
 * is causal, real tokens never see the padding, and each row is what it would be alone. Shapes: B batch, S token positions, C
 * {@code hidden_size}.
 */
public final class LlamaModel extends Network {
    private static final String PREFIX = "model.";

    private final LlamaConfig config;
    private final int depth;

    private LlamaModel(LlamaConfig config, int depth, Weights weights, DType dtype, TorchDevice device) {
        super(NetworkScripts.llama(), structure(config, dtype), weights, device);
        this.config = config;
        this.depth = depth;
    }

    /**
     * Reads {@code config.json} and the weights (single or sharded) of a folder in transformers layout.
     *
     * @param dtype what it computes in; the stored weights may have another
     * @throws ModelException if the config asks for something unsupported or the weights do not fit it
     */
    public static LlamaModel load(Path folder, DType dtype, TorchDevice device) {
        LlamaConfig config = LlamaConfig.from(ConfigFile.read(folder.resolve("config.json")));
        return load(folder, config, config.layers(), dtype, device);
    }

    /**
     * As {@link #load(Path, DType, TorchDevice)}, without the weights of the layers behind {@code depth}: they are neither
     * read nor checked nor converted.
     *
     * @param depth the deepest layer that will be asked for, 0 to the number of layers
     */
    public static LlamaModel load(Path folder, LlamaConfig config, int depth, DType dtype, TorchDevice device) {
        checkLayer(depth, config.layers());
        Weights weights = LlamaWeights.of(config, depth)
                .select(Checkpoint.open(folder, TRANSFORMERS_WEIGHTS), folder, LlamaModel::canonical);
        return new LlamaModel(config, depth, weights, dtype, device);
    }

    /** As {@link #load(Path, DType, TorchDevice)}, from loaded weights; {@code origin} names them in messages. */
    public static LlamaModel of(LlamaConfig config, Weights weights, Object origin, DType dtype, TorchDevice device) {
        int depth = config.layers();
        Weights selected = LlamaWeights.of(config, depth).select(weights, origin, LlamaModel::canonical);
        return new LlamaModel(config, depth, selected, dtype, device);
    }

    /** Files of the bare decoder leave the prefix out. */
    private static String canonical(String name) {
        return name.startsWith(PREFIX) || name.startsWith("lm_head.") ? name : PREFIX + name;
    }

    private static Map<String, Object> structure(LlamaConfig config, DType dtype) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("dtype", (long) dtype.torchCode());
        attributes.put("layers", (long) config.layers());
        attributes.put("heads", (long) config.heads());
        attributes.put("kv_heads", (long) config.keyValueHeads());
        attributes.put("head_dim", (long) config.headDim());
        attributes.put("eps", config.eps());
        attributes.put("act", config.activation());
        attributes.put("inv_freq", config.inverseFrequencies());
        return attributes;
    }

    /** The deepest layer whose weights were loaded. */
    public int depth() {
        return depth;
    }

    public LlamaConfig config() {
        return config;
    }

    /**
     * The embeddings, each layer's output, and last the final layer's output through the final norm, [B,S,C] each.
     *
     * @param inputIds [B,S], padded on the right
     * @throws ModelException if not all layers were loaded
     */
    public List<FloatTensor> states(LongTensor inputIds) {
        checkLayer(config.layers(), depth);
        check(inputIds);
        return run("states", inputIds);
    }

    /**
     * The hidden state of one layer as transformers numbers them: 0 the embeddings, the last one through the final norm.
     * Later layers are not computed.
     *
     * @param inputIds [B,S], padded on the right
     * @param layer 0 to {@link #depth}
     * @return [B,S,C]
     */
    public FloatTensor layer(LongTensor inputIds, int layer) {
        check(inputIds);
        checkLayer(layer, depth);
        return one("layer", inputIds, LongTensor.scalar(layer));
    }

    /**
     * {@link #layer} at each row's last real token.
     *
     * @param lengths [B], real tokens of each row, at least 1
     * @return [B,C]
     */
    public FloatTensor last(LongTensor inputIds, LongTensor lengths, int layer) {
        return pooled("last", inputIds, lengths, layer);
    }

    /** The mean of {@link #layer} over each row's real tokens; otherwise as {@link #last}. */
    public FloatTensor mean(LongTensor inputIds, LongTensor lengths, int layer) {
        return pooled("mean", inputIds, lengths, layer);
    }

    private FloatTensor pooled(String method, LongTensor inputIds, LongTensor lengths, int layer) {
        check(inputIds);
        checkLayer(layer, depth);
        expect("lengths", lengths, inputIds.shape()[0]);
        for (long length : lengths.data()) {
            if (length < 1 || length > inputIds.shape()[1]) {
                throw new ModelException("lengths must be 1.." + inputIds.shape()[1] + " but holds " + length);
            }
        }
        return one(method, inputIds, lengths, LongTensor.scalar(layer));
    }

    private static void checkLayer(int layer, int limit) {
        if (layer < 0 || layer > limit) {
            throw new ModelException("layer must be 0.." + limit + " but is " + layer);
        }
    }

    private void check(LongTensor inputIds) {
        expect("input_ids", inputIds, -1, -1);
        if (inputIds.shape()[1] > config.window()) {
            throw new ModelException("input_ids has " + inputIds.shape()[1] + " positions but the model reads "
                    + config.window() + "; shorten the prompt");
        }
        for (long id : inputIds.data()) {
            if (id < 0 || id >= config.vocabSize()) {
                throw new ModelException("input_ids holds " + id + " but the vocabulary has ids 0.."
                        + (config.vocabSize() - 1) + "; tokenizer and model do not belong together");
            }
        }
    }
}
