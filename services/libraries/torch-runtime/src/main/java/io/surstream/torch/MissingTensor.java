package io.surstream.torch;

import java.util.Map;
import java.util.stream.Collectors;

/** The one wording for a tensor that a checkpoint does not have. */
final class MissingTensor {
    private MissingTensor() {}

    static <T> T require(Map<String, T> tensors, String name, Object where) {
        T tensor = tensors.get(name);
        if (tensor == null) {
            String some = tensors.keySet().stream().limit(3).collect(Collectors.joining(", "));
            throw new TorchException(
                    where + " has no tensor '" + name + "' among its " + tensors.size() + " (first: " + some + ")");
        }
        return tensor;
    }
}
