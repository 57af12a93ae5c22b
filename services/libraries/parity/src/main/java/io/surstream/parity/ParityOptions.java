package io.surstream.parity;

import io.surstream.torch.TorchDevice;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a parity run is asked for.
 *
 * @param only run the cases whose path under the folder is this or starts with it, for example {@code unet-sd1} or
 *     {@code schedulers}
 * @param device where networks run; they compute in fp32
 * @param save where to write {@code <case>/got.safetensors} with our tensors under the case's output names
 */
public record ParityOptions(Optional<String> only, TorchDevice device, Optional<Path> save) {
    public static ParityOptions onCpu() {
        return new ParityOptions(Optional.empty(), TorchDevice.CPU, Optional.empty());
    }
}
