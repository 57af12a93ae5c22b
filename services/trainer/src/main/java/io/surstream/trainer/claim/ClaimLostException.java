package io.surstream.trainer.claim;

/** Another trainer has the run: leave it alone and publish nothing more of it. */
public final class ClaimLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClaimLostException(String runId, int epoch) {
        super("run " + runId + " is no longer ours: a later claim than " + epoch + " exists");
    }
}
