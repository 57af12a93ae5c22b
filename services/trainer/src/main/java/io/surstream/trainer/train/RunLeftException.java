package io.surstream.trainer.train;

/**
 * The run is left in good order: because a stop was requested, or because this process ends and another may continue.
 */
public final class RunLeftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunLeftException(String reason) {
        super(reason);
    }
}
