package io.surstream.parity;

import io.surstream.models.vae.AutoencoderTiny;
import io.surstream.torch.TorchDevice;
import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.HostTensor;
import java.util.Map;

record AutoencoderTinyKind(TorchDevice device) implements ParityKind {
    @Override
    public String kind() {
        return "vae-tiny";
    }

    @Override
    public Map<String, HostTensor> run(CaseFolder folder) {
        try (AutoencoderTiny vae = AutoencoderTiny.load(folder.file("model"), DType.FP32, device)) {
            FloatTensor encoded = vae.encode(folder.floats("image"));
            return Map.of(
                    "encoded", encoded,
                    "decoded", vae.decode(folder.floats("latents")),
                    "decoded_of_encoded", vae.decode(encoded));
        }
    }
}
