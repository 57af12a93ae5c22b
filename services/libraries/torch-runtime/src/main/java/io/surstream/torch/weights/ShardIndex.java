package io.surstream.torch.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@code *.safetensors.index.json}: which tensor is in which file beside it.
 *
 * @param shards tensor name to file name, in the index's order
 */
public record ShardIndex(Map<String, String> shards) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    public static ShardIndex read(Path file) {
        try {
            if (Files.size(file) > SafetensorsHeader.MAX_HEADER_BYTES) {
                throw new SafetensorsException(
                        file,
                        "is " + Files.size(file) + " bytes long, the limit is " + SafetensorsHeader.MAX_HEADER_BYTES);
            }
            JsonNode map = JSON.readTree(file.toFile()).path("weight_map");
            if (!map.isObject() || map.isEmpty()) {
                throw new SafetensorsException(file, "has no weight_map from tensors to files");
            }
            Map<String, String> shards = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> e : map.properties()) {
                shards.put(e.getKey(), shardName(file, e.getKey(), e.getValue()));
            }
            return new ShardIndex(Collections.unmodifiableMap(shards));
        } catch (JsonProcessingException e) {
            throw new SafetensorsException(file, "is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new SafetensorsException(file, IoProblem.of(e), e);
        }
    }

    private static String shardName(Path file, String tensor, JsonNode value) {
        String name = value.asText();
        if (!value.isTextual() || !name.matches("[\\w.-]+\\.safetensors")) {
            throw new SafetensorsException(
                    file, "tensor '" + tensor + "' must be in a .safetensors file beside the index but is in " + value);
        }
        return name;
    }
}
