package io.surstream.parity;

import io.surstream.models.ModelException;
import io.surstream.models.llama.LlamaModel;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every hidden state of a decoder; as in transformers the last one has the final norm applied. */
record LlamaKind(TorchDevice device) implements ParityKind {
    @Override
    public String kind() {
        return "llama";
    }

    @Override
    public Map<String, HostTensor> run(CaseFolder folder) {
        Map<String, HostTensor> got = new LinkedHashMap<>();
        try (LlamaModel model = LlamaModel.load(model(folder), DType.FP32, device)) {
            List<FloatTensor> states = model.states(folder.longs("input_ids"));
            int layers = model.config().layers();
            for (int i = 0; i < layers; i++) {
                got.put("hidden_states." + i, states.get(i));
            }
            got.put("hidden_states." + layers, states.get(layers + 1));
            got.put("last_layer_before_norm", states.get(layers));
        }
        return got;
    }

    /** Weights that a case may not contain are in a folder {@code data} next to the golden ones, under their own name. */
    private static Path model(CaseFolder folder) {
        String external = folder.params().path("external_model").asText();
        if (external.isEmpty()) {
            return folder.file("model");
        }
        for (Path up = folder.path().toAbsolutePath().normalize(); up != null; up = up.getParent()) {
            Path candidate = up.resolve("data").resolve(external);
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        throw new ModelException("the weights of " + external + " are not carried by this case; put them into data/"
                + external + " beside the folder of cases");
    }
}
