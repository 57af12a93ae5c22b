package io.surstream.torch.checkpoint;

import io.surstream.torch.pickle.PickledTensor;
import io.surstream.torch.pickle.StateDictReader;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.TorchException;
import io.surstream.torch.weights.IoProblem;
import io.surstream.torch.weights.MissingTensor;
import io.surstream.torch.weights.SafetensorsHeader;
import io.surstream.torch.weights.ShardIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is in a checkpoint, read from headers alone.
 *
 * @param file the checkpoint, or {@code model_index.json} for a pipeline as a whole
 * @param tensors in the file's order; empty for a pipeline as a whole
 * @param config text of the {@code config.json} beside the file, or of {@code model_index.json}
 */
public record CheckpointListing(
        Path file, Format format, List<Tensor> tensors, Map<String, String> metadata, Optional<String> config) {
    private static final long LARGEST_CONFIG = 10_000_000;

    /** Layout on disk. */
    public enum Format {
        SAFETENSORS,
        SHARDED_SAFETENSORS,
        TORCH_STATE_DICT,
        PIPELINE
    }

    /**
     * One stored tensor.
     *
     * @param file where its bytes are
     */
    public record Tensor(String name, DType dtype, long[] shape, Path file) {
        public long elements() {
            long n = 1;
            for (long d : shape) {
                n *= d;
            }
            return n;
        }

        public long bytes() {
            return elements() * dtype.bytes();
        }
    }

    /** Number of stored numbers. */
    public long elements() {
        return tensors.stream().mapToLong(Tensor::elements).sum();
    }

    /** Bytes of all tensors. */
    public long bytes() {
        return tensors.stream().mapToLong(Tensor::bytes).sum();
    }

    /**
     * Lists a checkpoint file, a folder with one, or every component of a pipeline folder in diffusers layout.
     *
     * @throws TorchException if there is no checkpoint, or one is not well-formed
     */
    public static List<CheckpointListing> of(Path path) {
        Path index = path.resolve("model_index.json");
        if (!Files.isRegularFile(index)) {
            return List.of(ofFile(Checkpoint.locate(path)));
        }
        List<CheckpointListing> all = new ArrayList<>();
        all.add(new CheckpointListing(index, Format.PIPELINE, List.of(), Map.of(), text(index)));
        try (Stream<Path> folders = Files.list(path)) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                if (Checkpoint.holdsOne(folder)) {
                    all.add(ofFile(Checkpoint.locate(folder)));
                }
            }
        } catch (IOException e) {
            throw new TorchException("folder " + path + " " + IoProblem.of(e), e);
        }
        return all;
    }

    private static CheckpointListing ofFile(Path file) {
        String name = file.getFileName().toString();
        Optional<String> config = text(file.resolveSibling("config.json"));
        if (name.endsWith(".index.json")) {
            return sharded(file, config);
        }
        if (Checkpoint.isTorch(name)) {
            return torch(file, config);
        }
        SafetensorsHeader header = SafetensorsHeader.read(file);
        List<Tensor> tensors =
                header.entries().values().stream().map(e -> tensor(file, e)).toList();
        return new CheckpointListing(file, Format.SAFETENSORS, tensors, header.metadata(), config);
    }

    private static CheckpointListing sharded(Path index, Optional<String> config) {
        Map<String, SafetensorsHeader> headers = new HashMap<>();
        List<Tensor> tensors = new ArrayList<>();
        Map<String, String> metadata = new HashMap<>();
        ShardIndex.read(index).shards().forEach((name, shard) -> {
            Path file = index.resolveSibling(shard);
            SafetensorsHeader header = headers.computeIfAbsent(shard, s -> SafetensorsHeader.read(file));
            tensors.add(tensor(file, MissingTensor.require(header.entries(), name, file)));
            header.metadata().forEach(metadata::putIfAbsent);
        });
        return new CheckpointListing(index, Format.SHARDED_SAFETENSORS, tensors, metadata, config);
    }

    private static CheckpointListing torch(Path file, Optional<String> config) {
        try (StateDictReader reader = StateDictReader.open(file)) {
            List<Tensor> tensors = new ArrayList<>();
            for (String name : reader.names()) {
                PickledTensor stored = reader.describe(name);
                tensors.add(new Tensor(name, stored.storage().dtype(), stored.shape(), file));
            }
            return new CheckpointListing(file, Format.TORCH_STATE_DICT, tensors, reader.metadata(), config);
        }
    }

    private static Tensor tensor(Path file, SafetensorsHeader.Entry entry) {
        return new Tensor(entry.name(), entry.dtype(), entry.shape(), file);
    }

    private static Optional<String> text(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > LARGEST_CONFIG) {
                throw new TorchException(
                        file + " is " + Files.size(file) + " bytes long; the limit for a config is " + LARGEST_CONFIG);
            }
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw new TorchException(file + " " + IoProblem.of(e), e);
        }
    }
}
