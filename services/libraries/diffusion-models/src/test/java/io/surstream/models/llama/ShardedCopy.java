package io.surstream.models.llama;

import io.surstream.torch.checkpoint.Checkpoint;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.weights.SafetensorsWriter;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Copies of a teacher whose weights lie in other files, or in part. */
final class ShardedCopy {
    private ShardedCopy() {}

    /** The same weights in two shards with an index. */
    static TeacherFolder of(TeacherFolder teacher, Path folder) throws IOException {
        copyTexts(teacher, folder);
        Map<String, String> shards = new LinkedHashMap<>();
        Map<String, FloatTensor> tensors = tensors(teacher, name -> true);
        for (String shard : new String[] {"model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"}) {
            boolean first = shard.contains("00001-");
            Map<String, FloatTensor> part = new LinkedHashMap<>();
            tensors.forEach((name, tensor) -> {
                if (first == (name.hashCode() % 2 == 0)) {
                    part.put(name, tensor);
                    shards.put(name, shard);
                }
            });
            SafetensorsWriter.write(folder.resolve(shard), part, Map.of(), DType.FP32);
        }
        String map = shards.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\": \"" + e.getValue() + "\"")
                .collect(Collectors.joining(", "));
        Files.writeString(
                folder.resolve("model.safetensors.index.json"), "{\"metadata\": {}, \"weight_map\": {" + map + "}}");
        return TeacherFolder.open(folder);
    }

    /** One file without the weights of the layer of that index, those behind it, and the final norm. */
    static TeacherFolder withoutLayersFrom(int layer, TeacherFolder teacher, Path folder) throws IOException {
        copyTexts(teacher, folder);
        Predicate<String> early = name -> name.contains("embed_tokens")
                || name.contains(".layers.") && Integer.parseInt(name.replaceAll("\\D*(\\d+).*", "$1")) < layer;
        SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors(teacher, early), Map.of(), DType.FP32);
        return TeacherFolder.open(folder);
    }

    private static void copyTexts(TeacherFolder teacher, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String file : new String[] {"config.json", "tokenizer.json"}) {
            Files.copy(teacher.path().resolve(file), folder.resolve(file));
        }
    }

    private static Map<String, FloatTensor> tensors(TeacherFolder teacher, Predicate<String> wanted) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        try (Weights weights = Checkpoint.open(teacher.path())) {
            weights.names().stream()
                    .filter(wanted)
                    .forEach(name -> tensors.put(name, weights.get(name).toFloat()));
        }
        return tensors;
    }
}
