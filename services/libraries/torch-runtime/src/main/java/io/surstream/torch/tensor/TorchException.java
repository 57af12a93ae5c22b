package io.surstream.torch.tensor;

/** Something the model runtime refuses or could not do; the message names the object, the value and the fix. */
public class TorchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TorchException(String message) {
        super(message);
    }

    public TorchException(String message, Throwable cause) {
        super(message, cause);
    }
}
