package io.surstream.torch.pickle;

import io.surstream.torch.tensor.TorchException;
import java.nio.file.Path;

/** A torch checkpoint that is malformed, or that asks for anything but tensors and plain values. */
public final class StateDictException extends TorchException {
    private static final long serialVersionUID = 1L;

    StateDictException(Path file, String problem) {
        super(file + ": " + problem);
    }

    StateDictException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
