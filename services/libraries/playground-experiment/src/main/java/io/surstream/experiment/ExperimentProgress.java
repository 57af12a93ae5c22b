package io.surstream.experiment;

/** Hears how far the experiment is. Called by its thread; must return quickly; an exception ends the experiment. */
public interface ExperimentProgress {
    /** One unit of a row's work is done. */
    void advanced(String what, long done, long total, String figures);

    /** Something worth a line happened. */
    void note(String line);
}
