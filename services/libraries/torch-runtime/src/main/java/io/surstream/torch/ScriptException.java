package io.surstream.torch;

import io.surstream.torch.tensor.TorchException;

/** A script failed: an assertion in it, shapes that do not fit, or a source that does not compile. */
public final class ScriptException extends TorchException {
    private static final long serialVersionUID = 1L;

    private final String method;
    private final String reason;

    ScriptException(String method, String reason, Throwable cause) {
        super(method + ": " + reason, cause);
        this.method = method;
        this.reason = reason;
    }

    /** Script class and method, as in {@code Unet.forward}. */
    public String method() {
        return method;
    }

    /** Torch's own message, or the text of the script's assertion, without the interpreter's trace. */
    public String reason() {
        return reason;
    }
}
