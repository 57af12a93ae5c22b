package io.surstream.evaluator.stages;

import io.surstream.contract.failure.FailureType;
import io.surstream.contract.training.Promotions;
import io.surstream.evaluator.checkpoint.CheckpointFetch;
import io.surstream.evaluator.checkpoint.CheckpointValidation;
import io.surstream.evaluator.checkpoint.RefusedCheckpointException;
import io.surstream.evaluator.evaluate.Candidate;
import io.surstream.evaluator.evaluate.Evaluated;
import io.surstream.evaluator.evaluate.EvaluationRefusedException;
import io.surstream.evaluator.evaluate.EvaluationStage;
import io.surstream.models.ModelFolder;
import io.surstream.storage.ObjectNotFoundException;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointPublished;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The stages between the edges: validation, fetch, evaluate. Thread-safe.
 *
 * @param bundled the model's own adapter, which is live before any promotion and after a rollback to it
 */
public record CheckpointEvaluation(
        ModelFolder model, Optional<Candidate> bundled, CheckpointFetch fetch, EvaluationStage<?> stage) {

    /**
     * @param live the channel's last promotion; empty if there never was one
     * @param done is called after each batch of images; what it throws ends the evaluation
     * @throws RefusedCheckpointException if the checkpoint cannot be evaluated, now or later
     * @throws RuntimeException what may pass
     */
    public Evaluated evaluate(CheckpointPublished checkpoint, Optional<AdapterPromoted> live, IntConsumer done)
            throws RefusedCheckpointException {
        CheckpointValidation.check(checkpoint, model.revision());
        Path file = fetch.fetch(checkpoint);
        Candidate candidate = new Candidate(checkpoint.getRevision(), file, checkpoint.getAdapterWeight());
        try {
            return stage.evaluate(candidate, served(live), done);
        } catch (EvaluationRefusedException e) {
            throw new RefusedCheckpointException(
                    checkpoint,
                    e.type(),
                    e.type() == FailureType.INVALID_CHECKPOINT ? "adapter" : "",
                    "checkpoint " + checkpoint.getRevision() + " cannot be evaluated: " + e.getMessage());
        }
    }

    /** What the encoders serve: the promoted one, if it is for our model and there. */
    private Optional<Candidate> served(Optional<AdapterPromoted> live) {
        if (Promotions.revision(live, Promotions.LIVE).equals(Promotions.MODEL)) {
            return bundled;
        }
        AdapterPromoted event = live.get();
        if (!event.hasAdapter() || !event.getModelRevision().equals(model.revision())) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Candidate(event.getRevision(), fetch.adapter(event.getAdapter()), event.getAdapterWeight()));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }
}
