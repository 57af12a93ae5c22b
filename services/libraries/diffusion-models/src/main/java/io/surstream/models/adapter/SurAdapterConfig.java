package io.surstream.models.adapter;

import io.surstream.models.ModelException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How an adapter's weights are to be run.
 *
 * @param adapterWeight λ, the share of the adapter's branch in the mixed states: 0 leaves them as they are
 * @param layout along which axis the encoder attends
 * @param heads attention heads of the encoder
 * @param eps of the layer norms
 */
public record SurAdapterConfig(double adapterWeight, AdapterLayout layout, int heads, double eps) {
    /** Names under which a safetensors file carries these values. */
    public static final String ADAPTER_WEIGHT = "adapter_weight";

    public static final String LAYOUT = "layout";
    public static final String HEADS = "nhead";
    public static final String EPS = "layer_norm_eps";

    public SurAdapterConfig {
        if (!(adapterWeight >= -10 && adapterWeight <= 10)) {
            throw new ModelException(ADAPTER_WEIGHT + " must be -10..10 but is " + adapterWeight);
        }
        if (heads < 1) {
            throw new ModelException(HEADS + " must be at least 1 but is " + heads);
        }
        if (!(eps > 0)) {
            throw new ModelException(EPS + " must be above 0 but is " + eps);
        }
    }

    /** 8 heads and eps 1e-5, as all published adapters have. */
    public static SurAdapterConfig of(double adapterWeight, AdapterLayout layout) {
        return new SurAdapterConfig(adapterWeight, layout, 8, 1e-5);
    }

    /**
     * From the metadata of a file, where arguments do not overrule it. Without either, the layout is the published one,
     * while the weight must be said.
     *
     * @throws ModelException if a value cannot be read, or the weight is nowhere
     */
    public static SurAdapterConfig from(
            Map<String, String> metadata, OptionalDouble adapterWeight, Optional<AdapterLayout> layout) {
        if (adapterWeight.isEmpty() && !metadata.containsKey(ADAPTER_WEIGHT)) {
            throw new ModelException(
                    ADAPTER_WEIGHT + " is not in the adapter's metadata; give it (the published training used 0.1)");
        }
        double weight = adapterWeight.orElseGet(() -> number(metadata, ADAPTER_WEIGHT, Double.NaN));
        AdapterLayout along = layout.orElseGet(() -> AdapterLayout.parse(metadata.getOrDefault(LAYOUT, "reference")));
        double heads = number(metadata, HEADS, 8);
        if (heads != (int) heads) {
            throw new ModelException(HEADS + " must be a whole number but is " + heads);
        }
        return new SurAdapterConfig(weight, along, (int) heads, number(metadata, EPS, 1e-5));
    }

    private static double number(Map<String, String> metadata, String name, double fallback) {
        String text = metadata.get(name);
        try {
            return text == null ? fallback : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ModelException("the adapter's metadata has " + name + " '" + text + "', which is no number", e);
        }
    }
}
