package io.surstream.models.pipeline;

/** The sampling loop cannot continue; the message says at which image and step. */
public final class DenoisingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DenoisingException(String message) {
        super(message);
    }
}
