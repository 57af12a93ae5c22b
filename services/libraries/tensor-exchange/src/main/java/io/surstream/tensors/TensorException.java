package io.surstream.tensors;

/** A tensor of an event that no repetition will make readable. */
public final class TensorException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String type;

    TensorException(String type, String message) {
        super(message);
        this.type = type;
    }

    static TensorException invalid(String message) {
        return new TensorException("INVALID_ARGUMENT", message);
    }

    static TensorException corrupt(String message) {
        return new TensorException("TENSOR_CORRUPT", message);
    }

    /** INVALID_ARGUMENT, TENSOR_NOT_FOUND (its object is gone) or TENSOR_CORRUPT (its object is another one). */
    public String type() {
        return type;
    }
}
