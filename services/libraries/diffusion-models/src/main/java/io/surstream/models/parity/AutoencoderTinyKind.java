package io.surstream.models.parity;

import io.surstream.models.vae.AutoencoderTiny;
import io.surstream.torch.DType;
import io.surstream.torch.FloatTensor;
import io.surstream.torch.HostTensor;
import io.surstream.torch.TorchDevice;
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
