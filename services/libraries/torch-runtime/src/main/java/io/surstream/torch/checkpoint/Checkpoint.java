package io.surstream.torch.checkpoint;

import io.surstream.torch.pickle.StateDictReader;
import io.surstream.torch.tensor.TorchException;
import io.surstream.torch.weights.IoProblem;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.ShardIndex;
import io.surstream.torch.weights.ShardedWeights;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds and opens a checkpoint in any of the layouts that diffusers, transformers and torch write. */
public final class Checkpoint {
    private static final List<String> BASE_NAMES =
            List.of("diffusion_pytorch_model", "model", "adapter", "pytorch_model");
    /** Best first: mapped and safe before pickles. */
    private static final List<String> ENDINGS =
            List.of(".safetensors", ".safetensors.index.json", ".fp16.safetensors", ".bin", ".pt", ".pth", ".ckpt");

    private Checkpoint() {}

    /**
     * Opens a {@code .safetensors} file, an index of shards ({@code *.safetensors.index.json}), a torch state dict
     * ({@code .pt}, {@code .pth}, {@code .bin}, {@code .ckpt}), or a folder that holds one of them under a usual name.
     *
     * @throws TorchException if there is none, or it is not well-formed
     */
    public static Weights open(Path path) {
        return openFile(locate(path, BASE_NAMES));
    }

    /** As {@link #open(Path)}; in a folder, the file is {@code baseName} with one of the usual endings. */
    public static Weights open(Path path, String baseName) {
        return openFile(locate(path, names(baseName)));
    }

    /**
     * The files that {@link #open(Path)} reads: a file, or an index and the shards that it names; none where a folder holds no
     * checkpoint. A path that is no folder is itself the file.
     *
     * @throws TorchException if an index is not well-formed
     */
    public static List<Path> files(Path path) {
        if (Files.isDirectory(path) && !holdsOne(path)) {
            return List.of();
        }
        Path file = locate(path);
        List<Path> files = new ArrayList<>(List.of(file));
        if (Files.isDirectory(path) && file.toString().endsWith(".index.json")) {
            ShardIndex.read(file).shards().values().stream()
                    .distinct()
                    .map(file::resolveSibling)
                    .forEach(files::add);
        }
        return files;
    }

    private static Weights openFile(Path file) {
        String name = file.getFileName().toString();
        if (name.endsWith(".index.json")) {
            return ShardedWeights.open(file);
        }
        return isTorch(name) ? StateDictReader.open(file) : SafetensorsFile.open(file);
    }

    static boolean isTorch(String name) {
        return ENDINGS.subList(3, ENDINGS.size()).stream().anyMatch(name::endsWith);
    }

    /** The one file that {@link #open(Path)} would open. */
    static Path locate(Path path) {
        return locate(path, BASE_NAMES);
    }

    /** Whether {@link #locate(Path)} finds a file in this folder. */
    static boolean holdsOne(Path folder) {
        return usual(folder, BASE_NAMES).isPresent()
                || safetensors(list(folder)).size() == 1;
    }

    private static List<String> names(String baseName) {
        return baseName.equals("model") ? List.of("model", "pytorch_model") : List.of(baseName);
    }

    private static Path locate(Path path, List<String> baseNames) {
        if (!Files.isDirectory(path)) {
            if (!Files.exists(path)) {
                throw new TorchException("checkpoint " + path + " does not exist");
            }
            return path;
        }
        return usual(path, baseNames).orElseGet(() -> onlySafetensors(path, baseNames));
    }

    private static Optional<Path> usual(Path folder, List<String> baseNames) {
        return baseNames.stream()
                .flatMap(base -> ENDINGS.stream().map(ending -> folder.resolve(base + ending)))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Path onlySafetensors(Path folder, List<String> baseNames) {
        List<Path> files = list(folder);
        List<Path> tensors = safetensors(files);
        if (tensors.size() == 1) {
            return tensors.get(0);
        }
        throw new TorchException("folder " + folder + " holds no checkpoint named " + String.join(" or ", baseNames)
                + " (" + String.join(", ", ENDINGS) + "); it holds "
                + (files.isEmpty() ? "nothing" : shortList(files)));
    }

    private static List<Path> safetensors(List<Path> files) {
        return files.stream().filter(f -> f.toString().endsWith(".safetensors")).toList();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new TorchException("folder " + folder + " " + IoProblem.of(e), e);
        }
    }

    private static String shortList(List<Path> files) {
        String names =
                files.stream().limit(10).map(f -> f.getFileName().toString()).collect(Collectors.joining(", "));
        return files.size() > 10 ? names + " and " + (files.size() - 10) + " more" : names;
    }
}
