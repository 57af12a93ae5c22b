package io.surstream.torch.weights;

import io.surstream.torch.tensor.TorchException;
import java.nio.file.Path;

/** A safetensors file that does not keep to the format; nothing of it is used. */
public final class SafetensorsException extends TorchException {
    private static final long serialVersionUID = 1L;

    public SafetensorsException(Path file, String problem) {
        super(file + ": " + problem);
    }

    public SafetensorsException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
