package io.surstream.models;

import io.surstream.torch.ScriptSource;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.TorchScript;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.weights.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all networks share: one script object with its weights bound, and the check of inputs before native code sees
 * them. Safe for concurrent use by many threads.
 */
public abstract class Network implements AutoCloseable {
    private final TorchScript script;

    /**
     * Compiles the script and binds the weights.
     *
     * @param structure the script class's attributes, apart from its weights
     */
    protected Network(ScriptSource source, Map<String, Object> structure, Weights weights, TorchDevice device) {
        Map<String, Object> attributes = new LinkedHashMap<>(structure);
        attributes.put("w", TorchScript.EMPTY_DICT);
        script = TorchScript.load(source, getClass().getSimpleName(), attributes, device);
        try {
            script.bind("bind", weights);
        } catch (RuntimeException e) {
            script.close();
            throw e;
        }
    }

    /** The attributes {@code dtype} and {@code channels_last} of convolutional networks: the second pays off below fp32. */
    protected static Map<String, Object> compute(DType dtype) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("dtype", (long) dtype.torchCode());
        attributes.put("channels_last", dtype == DType.BF16 || dtype == DType.FP16);
        return attributes;
    }

    protected final List<FloatTensor> run(String method, HostTensor... inputs) {
        return script.run(method, inputs);
    }

    protected final FloatTensor one(String method, HostTensor... inputs) {
        return script.run(method, inputs).get(0);
    }

    protected final List<FloatTensor> train(String method, HostTensor... inputs) {
        return script.train(method, inputs);
    }

    /** Refuses a tensor of another shape; -1 stands for any length of at least 1. */
    protected static void expect(String input, HostTensor tensor, long... shape) {
        long[] given = tensor.shape();
        boolean fits = given.length == shape.length;
        for (int i = 0; fits && i < shape.length; i++) {
            fits = shape[i] < 0 ? given[i] >= 1 : given[i] == shape[i];
        }
        if (!fits) {
            throw new ModelException(input + " has shape " + Arrays.toString(given) + " but must have "
                    + Arrays.toString(shape).replace("-1", "any"));
        }
    }

    /** Frees the weights and the script; forwards in progress end first, later ones are refused. */
    @Override
    public void close() {
        script.close();
    }
}
