package io.surstream.trainer.run;

import io.surstream.trainer.train.SteppedRun;
import io.surstream.training.run.StepReport;
import java.nio.file.Path;

/** A run that is looked at before each step. */
public final class InterceptedRun implements SteppedRun {
    /** Called on the run's thread. */
    public interface BeforeStep {
        void at(int globalStep) throws InterruptedException;
    }

    private final SteppedRun run;
    private final BeforeStep before;

    public InterceptedRun(SteppedRun run, BeforeStep before) {
        this.run = run;
        this.before = before;
    }

    @Override
    public int globalStep() {
        return run.globalStep();
    }

    @Override
    public int totalSteps() {
        return run.totalSteps();
    }

    @Override
    public String remark() {
        return run.remark();
    }

    @Override
    public String modelRevision() {
        return run.modelRevision();
    }

    @Override
    public StepReport step() {
        try {
            before.at(run.globalStep());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return run.step();
    }

    @Override
    public void save(Path folder) {
        run.save(folder);
    }

    @Override
    public void close() {
        run.close();
    }
}
