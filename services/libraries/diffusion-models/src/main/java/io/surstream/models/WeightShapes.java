package io.surstream.models;

import io.surstream.torch.weights.WeightTensor;
import io.surstream.torch.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Name and shape of every tensor that a network of a given config has, in the checkpoint's own words. Collected layer by
 * layer, then used to check a checkpoint before anything native sees it, or to make the weights of a new network.
 */
public final class WeightShapes {
    private final Map<String, long[]> shapes = new LinkedHashMap<>();

    /** One tensor. */
    public WeightShapes tensor(String name, long... shape) {
        shapes.put(name, shape.clone());
        return this;
    }

    /** {@code n.weight} [out,in] and {@code n.bias} [out]. */
    public WeightShapes linear(String n, long out, long in) {
        return tensor(n + ".weight", out, in).tensor(n + ".bias", out);
    }

    /** {@code n.weight} [out,in,k,k] and {@code n.bias} [out]. */
    public WeightShapes conv(String n, long out, long in, long kernel) {
        return tensor(n + ".weight", out, in, kernel, kernel).tensor(n + ".bias", out);
    }

    /** {@code n.weight} and {@code n.bias} [channels], of a group or layer norm. */
    public WeightShapes norm(String n, long channels) {
        return tensor(n + ".weight", channels).tensor(n + ".bias", channels);
    }

    /** A resnet block; {@code time} is the width of the time embedding, 0 where there is none. */
    public WeightShapes resnet(String n, long in, long out, long time) {
        norm(n + ".norm1", in).conv(n + ".conv1", out, in, 3);
        if (time > 0) {
            linear(n + ".time_emb_proj", out, time);
        }
        norm(n + ".norm2", out).conv(n + ".conv2", out, out, 3);
        return in == out ? this : conv(n + ".conv_shortcut", out, in, 1);
    }

    /** Name to shape, in the order of definition. */
    public Map<String, long[]> asMap() {
        return Collections.unmodifiableMap(shapes);
    }

    /**
     * The tensors of this network out of a checkpoint. Others in the file are left out, as the Python libraries do.
     *
     * @param canonical from a name in the file to the name here: older spellings, prefixes
     * @throws ModelException if a tensor is missing or has another shape
     */
    public Weights select(Weights checkpoint, Object origin, UnaryOperator<String> canonical) {
        Map<String, WeightTensor> found = new LinkedHashMap<>();
        for (String stored : checkpoint.names()) {
            String name = canonical.apply(stored);
            if (shapes.containsKey(name)) {
                found.put(name, checked(name, checkpoint.get(stored), origin));
            }
        }
        List<String> missing = new ArrayList<>(shapes.keySet());
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            throw new ModelException(origin + " lacks " + missing.size() + " of the " + shapes.size()
                    + " tensors that its config asks for, the first is " + missing.get(0));
        }
        return new Selected(Collections.unmodifiableMap(found), checkpoint);
    }

    private WeightTensor checked(String name, WeightTensor tensor, Object origin) {
        if (!Arrays.equals(tensor.shape(), shapes.get(name))) {
            throw new ModelException(origin + ": tensor " + tensor.name() + " has shape "
                    + Arrays.toString(tensor.shape()) + " but the config asks for "
                    + Arrays.toString(shapes.get(name)));
        }
        return new WeightTensor(name, tensor.dtype(), tensor.shape(), tensor.data());
    }

    private record Selected(Map<String, WeightTensor> tensors, Weights checkpoint) implements Weights {
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
            return checkpoint.metadata();
        }

        @Override
        public void close() {
            checkpoint.close();
        }
    }
}
