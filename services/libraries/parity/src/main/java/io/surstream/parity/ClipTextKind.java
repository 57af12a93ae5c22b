package io.surstream.parity;

import io.surstream.models.text.CLIPTextModel;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

record ClipTextKind(TorchDevice device) implements ParityKind {
    @Override
    public String kind() {
        return "clip-text";
    }

    @Override
    public Map<String, HostTensor> run(CaseFolder folder) {
        try (CLIPTextModel encoder = CLIPTextModel.load(folder.file("model"), DType.FP32, device)) {
            List<FloatTensor> states = encoder.states(folder.longs("input_ids"));
            Map<String, HostTensor> got = new LinkedHashMap<>();
            got.put("last_hidden_state", states.get(0));
            got.put("pooler_output", states.get(1));
            for (int i = 2; i < states.size(); i++) {
                got.put("hidden_states." + (i - 2), states.get(i));
            }
            return got;
        }
    }
}
