package io.surstream.torch;

import java.nio.file.Path;

/** A safetensors file that does not keep to the format; nothing of it is used. */
public final class SafetensorsException extends TorchException {
    private static final long serialVersionUID = 1L;

    SafetensorsException(Path file, String problem) {
        super(file + ": " + problem);
    }

    SafetensorsException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
