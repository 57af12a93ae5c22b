package io.surstream.trainer.train;

import io.surstream.trainer.assemble.ExampleGathering.Waiting;

/** Loads what a run needs and computes what is frozen; takes minutes for a large dataset that is seen for the first time. */
public interface RunOpener {
    /**
     * @param waiting receives progress, and is asked from time to time whether to continue
     * @return the caller's to close
     * @throws RunFailedException when the run cannot be what was asked for
     */
    SteppedRun open(RunPlan plan, Waiting waiting);
}
