package io.surstream.encoder.adapters;

/** An adapter that this encoder can never use: made for another model, or no adapter at all. */
public final class AdapterRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AdapterRefusedException(String message) {
        super(message);
    }

    public AdapterRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
