package io.surstream.trainer.train;

/** The run is left in good order: because somebody stopped it, or because this process ends and another may go on. */
public final class RunLeftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunLeftException(String reason) {
        super(reason);
    }
}
