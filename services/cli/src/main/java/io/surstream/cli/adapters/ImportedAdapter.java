package io.surstream.cli.adapters;

import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.models.adapter.AdapterLayout;
import io.surstream.models.adapter.SurAdapterConfig;
import io.surstream.models.adapter.SurAdapterWeights;
import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.torch.weights.Weights;
import io.surstream.training.checkpoint.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An adapter from a file as a checkpoint folder: {@code adapter.safetensors} that says its λ and layout, and a manifest.
 *
 * @param weight λ
 */
record ImportedAdapter(Manifest manifest, double weight, AdapterLayout layout) {
    static final String FILE = "adapter.safetensors";

    /**
     * A safetensors file that says everything already keeps its bytes, and so its revision.
     *
     * @param source safetensors, {@code .pt}, or a folder with {@code adapter.safetensors}
     * @param weight where empty, the file must have it
     * @param layout where empty, the file's, or else the published one
     * @param width of the text encoder that it is for
     * @param folder gets the files
     * @throws io.surstream.models.ModelException if the source holds no adapter, or λ is nowhere
     */
    static ImportedAdapter into(
            Path folder, Path source, OptionalDouble weight, Optional<AdapterLayout> layout, int width)
            throws IOException {
        Path file = Files.isDirectory(source) ? source.resolve(FILE) : source;
        Path target = folder.resolve(FILE);
        SurAdapterConfig config;
        try (Weights weights = Checkpoint.open(file, "adapter")) {
            config = SurAdapterConfig.from(weights.metadata(), weight, layout);
            requireWidth(SurAdapterWeights.trained(weights, file), file, width);
            Map<String, String> metadata = new LinkedHashMap<>(weights.metadata());
            metadata.put(SurAdapterConfig.ADAPTER_WEIGHT, String.valueOf(config.adapterWeight()));
            metadata.put(SurAdapterConfig.LAYOUT, config.layout().toString());
            if (metadata.equals(weights.metadata())) {
                Files.copy(file, target);
            } else {
                Map<String, FloatTensor> tensors = new LinkedHashMap<>();
                weights.names()
                        .forEach(name -> tensors.put(name, weights.get(name).toFloat()));
                SafetensorsWriter.write(target, tensors, metadata, DType.FP32);
            }
        }
        return new ImportedAdapter(Manifest.write(folder, List.of(FILE)), config.adapterWeight(), config.layout());
    }

    private static void requireWidth(Map<String, FloatTensor> adapter, Path file, int width) {
        long own = adapter.get("fc.weight").shape()[0];
        if (own != width) {
            throw new CommandFailedException(file + " has width " + own + " but the model's text encoder has " + width
                    + "; name the model that it is for with --model");
        }
    }

    /** Lower-case hex SHA-256 of the adapter. */
    String sha256() {
        return manifest.files().get(FILE).sha256();
    }
}
