package io.surstream.training.checkpoint;

import io.surstream.models.adapter.SurAdapterWeights;
import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.pickle.StateDictWriter;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.Weights;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Adapters in the published form: a torch state dict, {@code .pt}, which the published code loads strictly. */
public final class PublishedAdapter {
    private static final String FIRST_LAYER = "transformer_encoder.layers.0.";
    private static final String KEY_LAYER = "attention.key_layer.";

    private PublishedAdapter() {}

    /**
     * Writes an adapter as {@code .pt}. λ and layout have no place in it: pass them on beside the file.
     *
     * @param adapter safetensors, or a folder with {@code adapter.safetensors}
     * @param file replaced if it exists
     * @throws io.surstream.models.ModelException if there is no adapter
     */
    public static void export(Path adapter, Path file) {
        Map<String, FloatTensor> all = new TreeMap<>();
        try (Weights weights = Checkpoint.open(adapter, "adapter")) {
            Map<String, FloatTensor> trained = SurAdapterWeights.trained(weights, adapter);
            weights.names().forEach(name -> all.put(name, weights.get(name).toFloat()));
            // tensors that no forward uses; the published code requires them nevertheless, with any values
            trained.forEach((name, tensor) -> {
                if (name.startsWith(FIRST_LAYER)) {
                    all.putIfAbsent("encoder_layer." + name.substring(FIRST_LAYER.length()), tensor);
                } else if (name.startsWith(KEY_LAYER)) {
                    all.putIfAbsent("attention.value_layer." + name.substring(KEY_LAYER.length()), tensor);
                }
            });
        }
        StateDictWriter.write(file, all);
    }
}
