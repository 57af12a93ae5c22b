package io.surstream.models;

/** A model, or an input to one, that cannot be used; the message names the object, the value and what is supported. */
public class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
