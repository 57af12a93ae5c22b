package io.surstream.models.adapter;

import io.surstream.torch.tensor.FloatTensor;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that training changes, and the resize layer. Keys are those of the published checkpoints; {@code resize.weight} [C,W]
 * and {@code resize.bias} [C] are among the parameters where they are trained, and in {@code resize} where they are frozen.
 *
 * @param parameters the trained ones
 * @param firstMoments of AdamW; lacks parameters that have had no gradient so far
 * @param secondMoments likewise
 * @param average moving average of the parameters; empty where none is kept
 * @param resize the frozen resize layer; empty where it is trained or there is no teacher
 */
public record AdapterState(
        Map<String, FloatTensor> parameters,
        Map<String, FloatTensor> firstMoments,
        Map<String, FloatTensor> secondMoments,
        Map<String, FloatTensor> average,
        Map<String, FloatTensor> resize) {
    /** Maps sorted by name: sums over all parameters must not depend on where a state comes from. */
    public AdapterState {
        parameters = new TreeMap<>(parameters);
        firstMoments = new TreeMap<>(firstMoments);
        secondMoments = new TreeMap<>(secondMoments);
        average = new TreeMap<>(average);
        resize = new TreeMap<>(resize);
    }

    /** Before the first step. */
    public static AdapterState initial(
            Map<String, FloatTensor> parameters, Map<String, FloatTensor> resize, boolean averaged) {
        return new AdapterState(parameters, Map.of(), Map.of(), averaged ? parameters : Map.of(), resize);
    }
}
