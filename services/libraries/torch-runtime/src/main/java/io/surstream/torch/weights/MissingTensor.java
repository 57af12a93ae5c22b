package io.surstream.torch.weights;

import io.surstream.torch.tensor.TorchException;
import java.util.Map;
import java.util.stream.Collectors;

/** The one wording for a tensor that a checkpoint does not have. */
public final class MissingTensor {
    private MissingTensor() {}

    public static <T> T require(Map<String, T> tensors, String name, Object where) {
        T tensor = tensors.get(name);
        if (tensor == null) {
            String some = tensors.keySet().stream().limit(3).collect(Collectors.joining(", "));
            throw new TorchException(
                    where + " has no tensor '" + name + "' among its " + tensors.size() + " (first: " + some + ")");
        }
        return tensor;
    }
}
