package io.surstream.trainer.lease;

/** Another trainer has the run: leave it alone and publish nothing more of it. */
public final class RunLeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunLeaseLostException(String runId, int epoch) {
        super("run " + runId + " is no longer ours: a later lease than " + epoch + " exists");
    }
}
