package io.surstream.trainer.train;

import io.surstream.contract.failure.FailureType;
import io.surstream.v1.Failure;

/** The run can never succeed; trying again, here or elsewhere, is of no use. */
public final class RunFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** @param failure what those who asked for the run are told */
    public RunFailedException(Failure failure) {
        super(failure.getMessage());
        this.failure = failure;
    }

    public static RunFailedException of(FailureType type, String message) {
        return new RunFailedException(Failure.newBuilder()
                .setType(type.name())
                .setMessage(message)
                .setStage("trainer")
                .build());
    }

    public Failure failure() {
        return failure;
    }
}
