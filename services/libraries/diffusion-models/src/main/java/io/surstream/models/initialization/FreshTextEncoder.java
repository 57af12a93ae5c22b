package io.surstream.models.initialization;

import io.surstream.torch.tensor.FloatTensor;
import java.util.Map;

/** Weights of a new CLIPTextModel, keys exactly as transformers writes them ({@code text_model.…}). */
public record FreshTextEncoder(
        int vocabSize, int maxPositionEmbeddings, int hiddenSize, int intermediateSize, int numHiddenLayers) {

    /** Fresh parameters by checkpoint key; the same seed gives the same values on every machine. */
    public Map<String, FloatTensor> weights(long seed) {
        FreshWeights w = new FreshWeights(seed);
        w.normal("text_model.embeddings.token_embedding.weight", 0.02, vocabSize, hiddenSize);
        w.normal("text_model.embeddings.position_embedding.weight", 0.02, maxPositionEmbeddings, hiddenSize);
        for (int i = 0; i < numHiddenLayers; i++) {
            String layer = "text_model.encoder.layers." + i;
            for (String projection : new String[] {"k_proj", "v_proj", "q_proj", "out_proj"}) {
                w.linear(layer + ".self_attn." + projection, hiddenSize, hiddenSize);
            }
            w.norm(layer + ".layer_norm1", hiddenSize);
            w.linear(layer + ".mlp.fc1", hiddenSize, intermediateSize);
            w.linear(layer + ".mlp.fc2", intermediateSize, hiddenSize);
            w.norm(layer + ".layer_norm2", hiddenSize);
        }
        w.norm("text_model.final_layer_norm", hiddenSize);
        return w.toMap();
    }
}
