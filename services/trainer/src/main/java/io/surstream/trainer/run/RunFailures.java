package io.surstream.trainer.run;

import io.surstream.contract.failure.FailureType;
import io.surstream.models.ModelException;
import io.surstream.storage.StoreRefusedException;
import io.surstream.torch.pickle.StateDictException;
import io.surstream.torch.weights.SafetensorsException;
import io.surstream.trainer.assemble.AssemblyException;
import io.surstream.trainer.train.RunFailedException;
import io.surstream.training.TrainingException;
import io.surstream.training.checkpoint.CheckpointException;
import io.surstream.v1.Failure;
import java.io.IOException;
import java.util.Optional;

/** Tells what can never succeed from what another attempt may do. */
final class RunFailures {
    private RunFailures() {}

    /** The message for the run's requester; empty when the run should be tried again. */
    static Optional<Failure> of(Exception error) {
        if (error instanceof RunFailedException failed) {
            return Optional.of(failed.failure());
        }
        if (error instanceof AssemblyException assembly) {
            return failure(assembly.type(), error.getMessage());
        }
        if (error instanceof CheckpointException) {
            return failure(FailureType.CHECKPOINT_UNUSABLE, error.getMessage());
        }
        if (error instanceof TrainingException) {
            return failure(FailureType.TRAINING_IMPOSSIBLE, error.getMessage());
        }
        if (error instanceof ModelException
                || error instanceof SafetensorsException
                || error instanceof StateDictException) {
            return failure(FailureType.MODEL_UNUSABLE, error.getMessage());
        }
        if (error instanceof StoreRefusedException) {
            return failure(FailureType.STORE_REFUSED, error.getMessage());
        }
        return diskIsFull(error)
                ? failure(
                        FailureType.DISK_FULL,
                        "the trainer's disk is full: " + error.getMessage()
                                + "; make room, then begin a new run from the last checkpoint's adapter")
                : Optional.empty();
    }

    private static boolean diskIsFull(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (cause instanceof IOException && message != null && message.contains("No space left on device")) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Failure> failure(FailureType type, String message) {
        return Optional.of(RunFailedException.of(type, message).failure());
    }
}
