package io.surstream.models;

import io.surstream.torch.ScriptSource;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.TorchScript;
import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.weights.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What all networks share: one script object with its weights bound, and the check of inputs before native code sees
 * them. Safe for concurrent use by many threads.
 */
public abstract class Network implements AutoCloseable {
    /** Name of the weights' files in a folder of transformers, without what follows it. */
    protected static final String TRANSFORMERS_WEIGHTS = "model";

    /** Name of the weights' files in a folder of diffusers, without what follows it. */
    protected static final String DIFFUSERS_WEIGHTS = "diffusion_pytorch_model";

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

    /**
     * Reads the {@code config.json} and opens the weights of a folder, and closes these when the network is made.
     *
     * @param weightsName name of the weights' files without what follows it
     * @throws ModelException if the config asks for something unsupported or the weights do not fit it
     */
    protected static <C, N extends Network> N read(
            Path folder, String weightsName, Function<ConfigFile, C> config, BiFunction<C, Weights, N> network) {
        C parsed = config.apply(ConfigFile.read(folder.resolve("config.json")));
        try (Weights weights = Checkpoint.open(folder, weightsName)) {
            return network.apply(parsed, weights);
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
