package io.surstream.trainer.train;

import io.surstream.contract.ServiceName;
import io.surstream.contract.failure.FailureType;
import io.surstream.v1.Failure;

/** The run can never succeed; a retry, here or elsewhere, cannot help. */
public final class RunFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** @param failure the message for the run's requester */
    public RunFailedException(Failure failure) {
        super(failure.getMessage());
        this.failure = failure;
    }

    public static RunFailedException of(FailureType type, String message) {
        return new RunFailedException(Failure.newBuilder()
                .setType(type.name())
                .setMessage(message)
                .setStage(ServiceName.TRAINER.label())
                .build());
    }

    public Failure failure() {
        return failure;
    }
}
