package io.surstream.trainer.train;

import io.surstream.training.run.StepReport;
import java.nio.file.Path;

/** A run as the loop drives it; the networks implement it. One thread; the owner closes it. */
public interface SteppedRun extends AutoCloseable {
    /** Steps taken, those left out and those before a resumption included. */
    int globalStep();

    int totalSteps();

    /** What it trains on and what was left out, in words. */
    String remark();

    /** Revision of the base model. */
    String modelRevision();

    /** Works on the next batches and takes one optimizer step, or leaves it out when a loss is not finite. */
    StepReport step();

    /** Writes a whole checkpoint, the manifest last. */
    void save(Path folder);

    @Override
    void close();
}
