package io.surstream.training.checkpoint;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.surstream.models.adapter.AdapterState;
import io.surstream.models.adapter.SurAdapterConfig;
import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.TorchException;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.torch.weights.Weights;
import io.surstream.training.settings.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A run's whole state, as values and as a folder.
 *
 * @param unused tensors of the published checkpoints that take no part in training
 */
public record TrainingCheckpoint(
        RunIdentity identity,
        TrainingSettings settings,
        RunProgress progress,
        AdapterState state,
        Map<String, FloatTensor> unused) {
    /** For use: the trained adapter, or its moving average. */
    public static final String ADAPTER = "adapter.safetensors";

    private static final String TRAINING = "training.safetensors";
    private static final String RESIZE = "resize.safetensors";
    private static final String SETTINGS = "settings.json";
    private static final String RUN = "run.json";
    private static final String RESIZE_PREFIX = "resize.";
    /** May differ when a run is taken up again. */
    private static final Set<String> FREE = Set.of("checkpointing_steps", "checkpoints_total_limit");
    /** May differ too where the learning rate does not depend on the run's length. */
    private static final Set<String> LENGTH = Set.of("max_train_steps", "num_train_epochs");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * Writes beside the folder, the manifest last, then renames: a reader sees the whole folder or none. A folder that
     * exists is removed just before; give each checkpoint its own folder if an instant without either would matter.
     */
    public Manifest write(Path folder) {
        Path target = folder.toAbsolutePath();
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        try {
            delete(partial);
            Files.createDirectories(partial);
            Manifest manifest = Manifest.write(partial, writeFiles(partial));
            delete(target);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoint " + folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    private List<String> writeFiles(Path folder) throws IOException {
        List<String> names = new ArrayList<>(List.of(ADAPTER, TRAINING, SETTINGS, RUN));
        SafetensorsWriter.write(folder.resolve(ADAPTER), adapter(), adapterMetadata(), DType.FP32);
        SafetensorsWriter.write(folder.resolve(TRAINING), parts(), Map.of(), DType.FP32);
        Map<String, FloatTensor> resize = resize();
        if (!resize.isEmpty()) {
            names.add(RESIZE);
            SafetensorsWriter.write(folder.resolve(RESIZE), resize, Map.of(), DType.FP32);
        }
        Files.write(folder.resolve(SETTINGS), JSON.writeValueAsBytes(settings.toMap()));
        Map<String, String> run = new LinkedHashMap<>(identity.toMap());
        progress.write(run);
        Files.write(folder.resolve(RUN), JSON.writeValueAsBytes(run));
        return names;
    }

    /** The adapter for use, by the published names, the unused twins included. */
    public Map<String, FloatTensor> adapter() {
        Map<String, FloatTensor> adapter = new TreeMap<>(unused);
        adapter.putAll(state.average().isEmpty() ? state.parameters() : state.average());
        adapter.keySet().removeIf(name -> name.startsWith(RESIZE_PREFIX));
        return adapter;
    }

    private Map<String, FloatTensor> resize() {
        Map<String, FloatTensor> resize = new TreeMap<>(state.resize());
        state.parameters().forEach((name, tensor) -> {
            if (name.startsWith(RESIZE_PREFIX)) {
                resize.put(name, tensor);
            }
        });
        return resize;
    }

    private Map<String, String> adapterMetadata() {
        SurAdapterConfig config = settings.step().adapter();
        Map<String, String> metadata = new LinkedHashMap<>(identity.toMap());
        metadata.put(SurAdapterConfig.ADAPTER_WEIGHT, Double.toString(config.adapterWeight()));
        metadata.put(SurAdapterConfig.LAYOUT, config.layout().toString());
        metadata.put(SurAdapterConfig.HEADS, Integer.toString(config.heads()));
        metadata.put(SurAdapterConfig.EPS, Double.toString(config.eps()));
        metadata.put("global_step", Integer.toString(progress.globalStep()));
        return metadata;
    }

    private Map<String, FloatTensor> parts() {
        Map<String, FloatTensor> all = new TreeMap<>();
        state.parameters().forEach((name, tensor) -> all.put("parameters/" + name, tensor));
        state.firstMoments().forEach((name, tensor) -> all.put("exp_avg/" + name, tensor));
        state.secondMoments().forEach((name, tensor) -> all.put("exp_avg_sq/" + name, tensor));
        state.average().forEach((name, tensor) -> all.put("average/" + name, tensor));
        return all;
    }

    /**
     * Verifies a folder and reads it.
     *
     * @param identity of the run that is to continue
     * @param settings of that run; how often it saves, and with a constant learning rate how long it lasts, may differ
     * @throws CheckpointException if it is missing, corrupt, or of another run
     */
    public static TrainingCheckpoint open(Path folder, RunIdentity identity, TrainingSettings settings) {
        Manifest manifest = Manifest.verify(folder);
        for (String name : List.of(ADAPTER, TRAINING, SETTINGS, RUN)) {
            if (!manifest.files().containsKey(name)) {
                throw new CheckpointException(folder.resolve(Manifest.NAME), "does not list " + name, Manifest.WAY_OUT);
            }
        }
        Map<String, String> run = json(folder.resolve(RUN));
        compare(folder.resolve(RUN), run, identity.toMap(), identity.toMap().keySet());
        compareSettings(folder.resolve(SETTINGS), settings);
        Map<String, FloatTensor> all = tensors(folder.resolve(TRAINING));
        Map<String, FloatTensor> parameters = part(all, "parameters/");
        Map<String, FloatTensor> resize = new TreeMap<>();
        if (manifest.files().containsKey(RESIZE)) {
            resize.putAll(tensors(folder.resolve(RESIZE)));
            resize.keySet().removeAll(parameters.keySet());
        }
        Map<String, FloatTensor> unused = tensors(folder.resolve(ADAPTER));
        unused.keySet().removeAll(parameters.keySet());
        AdapterState state = new AdapterState(
                parameters, part(all, "exp_avg/"), part(all, "exp_avg_sq/"), part(all, "average/"), resize);
        return new TrainingCheckpoint(identity, settings, RunProgress.read(run), state, unused);
    }

    private static void compareSettings(Path file, TrainingSettings settings) {
        Map<String, String> wanted = new TreeMap<>();
        settings.toMap().forEach((name, value) -> wanted.put(name, value.toString()));
        Map<String, String> stored = json(file);
        Set<String> names = new TreeSet<>(wanted.keySet());
        names.addAll(stored.keySet());
        names.removeAll(FREE);
        if (!settings.learningRate().schedule().falls()) {
            names.removeAll(LENGTH);
        }
        compare(file, stored, wanted, names);
    }

    private static void compare(Path file, Map<String, String> stored, Map<String, String> wanted, Set<String> names) {
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String there = stored.getOrDefault(name, "absent");
            String here = wanted.getOrDefault(name, "absent");
            if (!there.equals(here)) {
                differences.add(name + " is " + there + " there and " + here + " here");
            }
        }
        if (!differences.isEmpty()) {
            throw new CheckpointException(
                    file,
                    "belongs to another run: " + String.join(", ", differences),
                    "resume with what the checkpoint was made with, or begin a new run from its " + ADAPTER);
        }
    }

    private static Map<String, String> json(Path file) {
        try {
            return JSON.readValue(Files.readAllBytes(file), new TypeReference<TreeMap<String, String>>() {});
        } catch (IOException e) {
            throw new CheckpointException(file, "cannot be read as JSON (" + e.getMessage() + ")", Manifest.WAY_OUT, e);
        }
    }

    private static Map<String, FloatTensor> tensors(Path file) {
        try (Weights weights = Checkpoint.open(file)) {
            Map<String, FloatTensor> all = new TreeMap<>();
            weights.names().forEach(name -> all.put(name, weights.get(name).toFloat()));
            return all;
        } catch (TorchException e) {
            throw new CheckpointException(file, "cannot be read (" + e.getMessage() + ")", Manifest.WAY_OUT, e);
        }
    }

    private static Map<String, FloatTensor> part(Map<String, FloatTensor> all, String prefix) {
        Map<String, FloatTensor> part = new TreeMap<>();
        all.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
            }
        });
        return part;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
