package io.surstream.evaluator.evaluate;

/** An evaluation that is of no use until somebody changes something. */
public final class EvaluationRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stands in the way; the name is what a failure is called. */
    public enum Obstacle {
        /** The candidate is no adapter, or none for this model. */
        INVALID_CHECKPOINT,
        /** Nor is what is live. */
        LIVE_UNUSABLE,
        /** The base model cannot be loaded, or not be drawn with as the settings say. */
        MODEL_UNUSABLE,
        /** Nobody here judges the pictures that the base model draws. */
        NO_SCORER
    }

    private final Obstacle obstacle;

    public EvaluationRefusedException(Obstacle obstacle, String message) {
        super(message);
        this.obstacle = obstacle;
    }

    public Obstacle obstacle() {
        return obstacle;
    }
}
