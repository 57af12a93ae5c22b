package io.surstream.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.surstream.models.ModelException;
import io.surstream.models.adapter.AdapterLayout;
import io.surstream.models.adapter.SurAdapter;
import io.surstream.models.adapter.SurAdapterConfig;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs every file that the case names, since they hold the same weights in different formats; they must agree. */
record SurAdapterKind(TorchDevice device) implements ParityKind {
    @Override
    public String kind() {
        return "sur-adapter";
    }

    @Override
    public Map<String, HostTensor> run(CaseFolder folder) {
        Map<String, HostTensor> got = Map.of();
        for (Path file : files(folder)) {
            Map<String, HostTensor> here = new LinkedHashMap<>();
            for (AdapterLayout layout : AdapterLayout.values()) {
                run(folder, file, layout, here);
            }
            if (!got.isEmpty() && !got.equals(here)) {
                throw new ModelException(file + " gives other results than the case's first adapter file");
            }
            got = here;
        }
        return got;
    }

    private static List<Path> files(CaseFolder folder) {
        JsonNode adapter = folder.params().path("adapter");
        List<Path> files = new ArrayList<>();
        if (adapter.isTextual()) {
            files.add(folder.file("adapter"));
        }
        adapter.elements().forEachRemaining(name -> files.add(folder.path().resolve(name.asText())));
        if (files.isEmpty()) {
            throw new ModelException(folder.path() + ": the case names no params.adapter");
        }
        return files;
    }

    private void run(CaseFolder folder, Path file, AdapterLayout layout, Map<String, HostTensor> got) {
        JsonNode params = folder.params();
        SurAdapterConfig config = new SurAdapterConfig(
                params.path("adapter_weight").asDouble(),
                layout,
                params.path("nhead").asInt(8),
                params.path("layer_norm_eps").asDouble(1e-5));
        try (SurAdapter adapter = SurAdapter.load(file, config, device)) {
            for (String input : folder.names()) {
                if (input.endsWith(".x")) {
                    List<FloatTensor> parts = adapter.parts(folder.floats(input));
                    String prefix = layout + "." + input.substring(0, input.length() - 1);
                    got.put(prefix + "out", parts.get(0));
                    got.put(prefix + "out_transformer_encoder", parts.get(1));
                    got.put(prefix + "out_llm", parts.get(2));
                }
            }
        }
    }
}
