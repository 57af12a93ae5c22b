package io.surstream.training.checkpoint;

/**
 * How far a run is. All randomness follows from the seed and the global step, so that there is no generator to keep.
 *
 * @param globalStep steps so far, skipped ones included
 * @param updates steps that changed the parameters
 */
public record RunProgress(int globalStep, int updates) {
    public static final RunProgress NONE = new RunProgress(0, 0);

    public RunProgress updated() {
        return new RunProgress(globalStep + 1, updates + 1);
    }

    public RunProgress skipped() {
        return new RunProgress(globalStep + 1, updates);
    }
}
