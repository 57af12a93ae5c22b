package io.surstream.trainer.assemble;

import io.surstream.contract.failure.FailureType;

/** The examples cannot be put together, however long one waits. */
public final class AssemblyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureType type;

    /** @param type of the failure that ends the run */
    public AssemblyException(FailureType type, String message) {
        super(message);
        this.type = type;
    }

    public FailureType type() {
        return type;
    }
}
