package io.surstream.experiment;

/**
 * Receives the progress of the experiment. Called by its thread; must return quickly; an exception ends the experiment.
 */
public interface ExperimentProgress {
    /** One unit of a row's work is done. */
    void advanced(String what, long done, long total, String figures);

    /** Something worth a line happened. */
    void note(String line);
}
