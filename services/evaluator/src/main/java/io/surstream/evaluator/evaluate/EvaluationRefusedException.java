package io.surstream.evaluator.evaluate;

import io.surstream.contract.failure.FailureType;

/** An evaluation that cannot succeed until an operator changes something. */
public final class EvaluationRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureType type;

    public EvaluationRefusedException(FailureType type, String message) {
        super(message);
        this.type = type;
    }

    /** INVALID_CHECKPOINT, LIVE_UNUSABLE, MODEL_UNUSABLE or NO_SCORER. */
    public FailureType type() {
        return type;
    }
}
