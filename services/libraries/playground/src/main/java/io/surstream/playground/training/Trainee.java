package io.surstream.playground.training;

import io.surstream.playground.training.PlaygroundRecipe.LearningPlan;
import io.surstream.torch.ScriptSource;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.TorchScript;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.weights.MemoryWeights;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One network in training: parameters, AdamW's moments and their average live in one TorchScript module, a step is one
 * native call. Its whole state is written to one safetensors file, so that an interrupted run continues bit for bit.
 * Owned by one thread.
 */
final class Trainee implements AutoCloseable {
    private static final List<String> PARTS = List.of("w", "m", "v", "ema");
    private static final String STEP = "global_step";

    private final TorchScript script;
    private int globalStep;

    private Trainee(TorchScript script) {
        this.script = script;
    }

    /**
     * Starts from fresh weights.
     *
     * @param network absolute script resource of the network
     * @param loss script resource of the stage's loss, beside this class
     */
    static Trainee fresh(
            String network,
            String loss,
            List<Integer> heads,
            int groups,
            LearningPlan plan,
            Map<String, FloatTensor> weights) {
        return fresh(network, loss, heads, groups, plan, weights, Map.of());
    }

    /** As the other {@code fresh}, with weights beside them that the loss sees and no step changes. */
    static Trainee fresh(
            String network,
            String loss,
            List<Integer> heads,
            int groups,
            LearningPlan plan,
            Map<String, FloatTensor> weights,
            Map<String, FloatTensor> frozen) {
        Trainee trainee = new Trainee(load(network, loss, heads, groups, plan));
        // by name, as the state file has them: the norm over all gradients is a sum in this order
        MemoryWeights initial = MemoryWeights.of(new TreeMap<>(weights));
        MemoryWeights zeros = MemoryWeights.of(new TreeMap<>(zerosLike(weights)));
        trainee.script.bind("bind_w", initial);
        trainee.script.bind("bind_m", zeros);
        trainee.script.bind("bind_v", zeros);
        trainee.script.bind("bind_ema", initial);
        if (!frozen.isEmpty()) {
            trainee.script.bind("bind_f", MemoryWeights.of(frozen));
        }
        return trainee;
    }

    private static TorchScript load(String network, String loss, List<Integer> heads, int groups, LearningPlan plan) {
        ScriptSource source = ScriptSource.ofResources(
                Trainee.class, "/io/surstream/models/layers.torchscript", network, loss, "trainee.torchscript");
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("training", false);
        PARTS.forEach(part -> attributes.put(part, TorchScript.EMPTY_DICT));
        attributes.put("f", TorchScript.EMPTY_DICT);
        attributes.put("heads", heads.stream().map(Integer::longValue).toList());
        attributes.put("groups", (long) groups);
        attributes.put("beta2", plan.beta2());
        attributes.put("weight_decay", plan.weightDecay());
        attributes.put("ema_decay", plan.emaDecay());
        return TorchScript.load(source, "Trainee", attributes, TorchDevice.CPU);
    }

    int globalStep() {
        return globalStep;
    }

    /** One optimizer step on four inputs of the loss; returns gradient norm, loss and the loss's reported parts. */
    float[] step(double learningRate, HostTensor a, HostTensor b, HostTensor c, HostTensor d) {
        globalStep++;
        List<FloatTensor> results = script.train(
                "step", LongTensor.scalar(globalStep), FloatTensor.scalar((float) learningRate), a, b, c, d);
        float[] values = new float[results.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = results.get(i).data()[0];
        }
        if (!Float.isFinite(values[1])) {
            throw new IllegalStateException("loss is " + values[1] + " at step " + globalStep
                    + "; lower the learning rate or delete the stage's state to start it again");
        }
        return values;
    }

    Map<String, FloatTensor> weights() {
        return script.export("export_w");
    }

    Map<String, FloatTensor> averagedWeights() {
        return script.export("export_ema");
    }

    /** Writes the whole state beside the file, then renames it: an interrupted write leaves the old state. */
    void save(Path file) throws IOException {
        Map<String, FloatTensor> all = new LinkedHashMap<>();
        for (String part : PARTS) {
            script.export("export_" + part).forEach((name, tensor) -> all.put(part + "/" + name, tensor));
        }
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        SafetensorsWriter.write(partial, all, Map.of(STEP, Integer.toString(globalStep)), DType.FP32);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes up the state that {@link #save} wrote. */
    void resume(Path file) throws IOException {
        try (Weights all = SafetensorsFile.open(file)) {
            for (String part : PARTS) {
                Map<String, FloatTensor> tensors = new TreeMap<>();
                for (String name : all.names()) {
                    if (name.startsWith(part + "/")) {
                        tensors.put(
                                name.substring(part.length() + 1), all.get(name).toFloat());
                    }
                }
                script.bind("bind_" + part, MemoryWeights.of(tensors));
            }
            globalStep = Integer.parseInt(all.metadata().get(STEP));
        }
    }

    private static Map<String, FloatTensor> zerosLike(Map<String, FloatTensor> weights) {
        Map<String, FloatTensor> zeros = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> zeros.put(name, FloatTensor.zeros(tensor.shape())));
        return zeros;
    }

    @Override
    public void close() {
        script.close();
    }
}
