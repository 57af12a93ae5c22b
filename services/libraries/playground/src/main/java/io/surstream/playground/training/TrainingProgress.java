package io.surstream.playground.training;

import java.time.Duration;

/** Receives the progress of the training. Called from the training thread; must return quickly. */
public interface TrainingProgress {
    /**
     * One unit of a stage's work is done.
     *
     * @param eta expected time to the end of this stage
     * @param figures the latest losses, for people
     */
    void advanced(String stage, long done, long total, Duration eta, String figures);

    /** A stage has begun or is skipped, or something else worth a line happened. */
    void note(String line);
}
