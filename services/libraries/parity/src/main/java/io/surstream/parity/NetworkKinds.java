package io.surstream.parity;

import io.surstream.torch.TorchDevice;
import java.util.List;

/** The kinds of golden case that single networks and the tokenizer answer. */
public final class NetworkKinds {
    private NetworkKinds() {}

    /** All of them, computing in fp32 on the given device. */
    public static List<ParityKind> on(TorchDevice device) {
        return List.of(
                new TokenizerKind(),
                new ClipTextKind(device),
                new UNetKind(device),
                new AutoencoderKLKind(device),
                new AutoencoderTinyKind(device),
                new SurAdapterKind(device),
                new LlamaKind(device),
                new SurLossesKind(device),
                new SurTrainStepKind(device));
    }
}
