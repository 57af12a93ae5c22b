package io.surstream.models.vae;

import io.surstream.torch.weights.WeightTensor;
import io.surstream.torch.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * TAESD's two original files under the names of diffusers. Encoder layer N is {@code encoder.layers.N}; decoder layer N
 * is {@code decoder.layers.(N-1)}, because the original counts the limiting of the latents as a layer.
 */
record OriginalTaesd(Map<String, WeightTensor> tensors) implements Weights {
    static OriginalTaesd of(Weights encoder, Weights decoder) {
        Map<String, WeightTensor> tensors = new LinkedHashMap<>();
        add(tensors, "encoder.layers.", encoder, 0);
        add(tensors, "decoder.layers.", decoder, -1);
        return new OriginalTaesd(tensors);
    }

    private static void add(Map<String, WeightTensor> tensors, String prefix, Weights part, int shift) {
        for (String name : part.names()) {
            int dot = name.indexOf('.');
            if (dot > 0 && name.substring(0, dot).matches("\\d{1,4}")) {
                int layer = Integer.parseInt(name.substring(0, dot)) + shift;
                tensors.put(prefix + layer + name.substring(dot), part.get(name));
            }
        }
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public WeightTensor get(String name) {
        return tensors.get(name);
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public void close() {}
}
