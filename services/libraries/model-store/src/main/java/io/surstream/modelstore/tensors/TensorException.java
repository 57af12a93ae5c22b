package io.surstream.modelstore.tensors;

import io.surstream.contract.failure.FailureType;

/** A tensor of an event that no repetition will make readable. */
public final class TensorException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final FailureType type;

    TensorException(FailureType type, String message) {
        super(message);
        this.type = type;
    }

    static TensorException invalid(String message) {
        return new TensorException(FailureType.INVALID_ARGUMENT, message);
    }

    static TensorException corrupt(String message) {
        return new TensorException(FailureType.TENSOR_CORRUPT, message);
    }

    /** INVALID_ARGUMENT, TENSOR_NOT_FOUND (its object is gone) or TENSOR_CORRUPT (its object is another one). */
    public FailureType type() {
        return type;
    }
}
