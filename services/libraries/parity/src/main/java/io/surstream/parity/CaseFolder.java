package io.surstream.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.models.ModelException;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.weights.SafetensorsFile;
import io.surstream.torch.weights.WeightTensor;
import io.surstream.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A golden case on disk: {@code case.json}, which describes it, and {@code io.safetensors} with its inputs and outputs. */
public final class CaseFolder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<DType> FLOATING = Set.of(DType.FP16, DType.BF16, DType.FP32, DType.FP64);

    private final Path path;
    private final JsonNode json;
    private final Weights tensors;

    private CaseFolder(Path path, JsonNode json, Weights tensors) {
        this.path = path;
        this.json = json;
        this.tensors = tensors;
    }

    /** Opens a folder. @throws ModelException if it holds no case */
    public static CaseFolder open(Path folder) {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(folder.resolve("case.json")));
            if (!json.path("kind").isTextual()) {
                throw new ModelException(folder.resolve("case.json") + " has no kind");
            }
            return new CaseFolder(folder, json, SafetensorsFile.open(folder.resolve("io.safetensors")));
        } catch (IOException e) {
            throw new ModelException(folder + " is no golden case: " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    public String kind() {
        return json.path("kind").textValue();
    }

    /** The whole of case.json. */
    public JsonNode json() {
        return json;
    }

    /** The case's settings. */
    public JsonNode params() {
        return json.path("params");
    }

    /** The file or folder that a setting names, relative to the case. */
    public Path file(String param) {
        JsonNode value = params().path(param);
        if (!value.isTextual()) {
            throw new ModelException(path.resolve("case.json") + " has no params." + param);
        }
        return path.resolve(value.textValue()).normalize();
    }

    /** Names of all tensors in the file, inputs and outputs. */
    public Set<String> names() {
        return tensors.names();
    }

    public FloatTensor floats(String name) {
        return tensors.get(name).toFloat();
    }

    public LongTensor longs(String name) {
        return tensors.get(name).toLong();
    }

    /** A tensor as it is stored: floating point or whole numbers. */
    public HostTensor tensor(String name) {
        WeightTensor tensor = tensors.get(name);
        return FLOATING.contains(tensor.dtype()) ? tensor.toFloat() : tensor.toLong();
    }

    /** What our code must give, by output name. A tokenizer case has no list of outputs: they are its prompts' ids. */
    public Map<String, HostTensor> expected() {
        Map<String, HostTensor> expected = new LinkedHashMap<>();
        json.path("outputs").fieldNames().forEachRemaining(name -> {
            if (!ElementMask.isMask(name)) {
                expected.put(name, tensor(name));
            }
        });
        if (json.has("prompts")) {
            names().forEach(name -> expected.put(name, tensor(name)));
            int n = 0;
            for (JsonNode prompt : json.path("prompts")) {
                expected.put("full_ids." + n++, ids(prompt.path("full_ids")));
            }
        }
        return expected;
    }

    /** The largest difference allowed for an output; 0 where case.json says none, as for whole numbers. */
    public double tolerance(String output) {
        return json.path("suggested_abs_tolerance").path(output).asDouble(0);
    }

    private static LongTensor ids(JsonNode list) {
        long[] ids = new long[list.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = list.get(i).longValue();
        }
        return LongTensor.of(ids, ids.length);
    }
}
