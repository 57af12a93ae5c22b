package io.surstream.trainer.train;

import io.surstream.contract.failure.FailureType;
import io.surstream.training.run.StepReport;
import java.util.function.Consumer;

/** Drives a run step by step to its end, with a checkpoint every so many steps. Knows no transport. One thread. */
public final class TrainStage {
    private final int checkpointingSteps;
    private final int maxSkippedSteps;

    /** Makes the run's present state a checkpoint that others can see. */
    public interface Checkpointing {
        /** @param last whether the run ends here */
        void keep(SteppedRun run, boolean last);
    }

    /**
     * @param checkpointingSteps steps from one checkpoint to the next
     * @param maxSkippedSteps most steps of a run that may be left out because a loss is not finite
     */
    public TrainStage(int checkpointingSteps, int maxSkippedSteps) {
        this.checkpointingSteps = checkpointingSteps;
        this.maxSkippedSteps = maxSkippedSteps;
    }

    /**
     * Returns when the run is complete and its last checkpoint kept.
     *
     * @throws RunLeftException when it is to be left; its state is kept before
     * @throws RunFailedException when too many steps were left out
     * @throws io.surstream.trainer.lease.RunLeaseLostException when another trainer has the run; nothing is kept
     */
    public void train(SteppedRun run, RunControl control, Checkpointing checkpoints, Consumer<StepReport> report) {
        int kept = run.globalStep();
        while (run.globalStep() < run.totalSteps()) {
            try {
                control.check();
            } catch (RunLeftException e) {
                if (run.globalStep() > kept) {
                    checkpoints.keep(run, control.wishedStop() != null);
                }
                throw e;
            }
            StepReport step = run.step();
            report.accept(step);
            requireSound(step);
            if (run.globalStep() % checkpointingSteps == 0 && run.globalStep() < run.totalSteps()) {
                checkpoints.keep(run, false);
                kept = run.globalStep();
            }
        }
        checkpoints.keep(run, true);
    }

    private void requireSound(StepReport step) {
        if (step.skippedSteps() > maxSkippedSteps) {
            throw RunFailedException.of(
                    FailureType.LOSS_NOT_FINITE,
                    "the loss of " + step.skippedSteps() + " steps of " + step.globalStep()
                            + " was not finite and the limit is " + maxSkippedSteps
                            + "; use a lower learning_rate, mixed_precision no, or look at the dataset's images");
        }
    }
}
