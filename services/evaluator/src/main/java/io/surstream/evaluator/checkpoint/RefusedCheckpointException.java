package io.surstream.evaluator.checkpoint;

import io.surstream.contract.failure.FailureType;
import io.surstream.streaming.event.PermanentEventException;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.Failure;

/** A checkpoint that no repetition will make fit to be evaluated; carries the message for its publisher. */
public final class RefusedCheckpointException extends PermanentEventException {
    private static final long serialVersionUID = 1L;

    private final transient CheckpointPublished checkpoint;
    private final transient Failure failure;

    public RefusedCheckpointException(CheckpointPublished checkpoint, FailureType type, String field, String message) {
        super(type, message);
        this.checkpoint = checkpoint;
        this.failure = Failure.newBuilder()
                .setType(type.name())
                .setField(field)
                .setMessage(message)
                .setStage(CheckpointValidation.STAGE)
                .build();
    }

    public CheckpointPublished checkpoint() {
        return checkpoint;
    }

    public Failure failure() {
        return failure;
    }
}
