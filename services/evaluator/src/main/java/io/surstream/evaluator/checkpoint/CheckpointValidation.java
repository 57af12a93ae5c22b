package io.surstream.evaluator.checkpoint;

import io.surstream.contract.ServiceName;
import io.surstream.contract.failure.FailureType;
import io.surstream.v1.CheckpointPublished;

/** Whether an event names a checkpoint of our base model. Pure. */
public final class CheckpointValidation {
    /** The name of this service in failures. */
    public static final String STAGE = ServiceName.EVALUATOR.label();

    private static final String REVISION = "[0-9a-f]{16}";
    private static final String SHA256 = "[0-9a-f]{64}";

    private CheckpointValidation() {}

    /**
     * @param modelRevision of this service's base model
     * @throws RefusedCheckpointException naming the first thing that is wrong
     */
    public static void check(CheckpointPublished event, String modelRevision) throws RefusedCheckpointException {
        if (!event.getRevision().matches(REVISION)) {
            throw invalid(event, "revision", "16 hexadecimal digits but is '" + event.getRevision() + "'");
        }
        String sha256 = event.getAdapter().getSha256();
        if (!sha256.matches(SHA256) || !sha256.startsWith(event.getRevision())) {
            throw invalid(
                    event,
                    "adapter.sha256",
                    "64 hexadecimal digits that begin with the revision but is '" + sha256 + "'");
        }
        if (!event.getManifest().getSha256().matches(SHA256)) {
            throw invalid(
                    event,
                    "manifest.sha256",
                    "64 hexadecimal digits but is '" + event.getManifest().getSha256() + "'");
        }
        if (!event.getModelRevision().equals(modelRevision)) {
            throw new RefusedCheckpointException(
                    event,
                    FailureType.MODEL_MISMATCH,
                    "model_revision",
                    "checkpoint " + event.getRevision() + " is made for the base model " + event.getModelRevision()
                            + " but this evaluator draws with " + modelRevision + "; set surstream.evaluator.model");
        }
    }

    private static RefusedCheckpointException invalid(CheckpointPublished event, String field, String rule) {
        return new RefusedCheckpointException(event, FailureType.INVALID_ARGUMENT, field, field + " must be " + rule);
    }
}
