package io.surstream.trainer.model;

import io.surstream.trainer.train.SteppedRun;
import io.surstream.training.run.AdapterRun;
import io.surstream.training.run.StepReport;
import java.nio.file.Path;

/** The training library's run behind the loop's interface. Takes the run over. */
final class SteppedAdapterRun implements SteppedRun {
    private final AdapterRun run;
    private final String modelRevision;
    private final String remark;

    SteppedAdapterRun(AdapterRun run, String modelRevision, String remark) {
        this.run = run;
        this.modelRevision = modelRevision;
        this.remark = remark;
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
        return remark;
    }

    @Override
    public String modelRevision() {
        return modelRevision;
    }

    @Override
    public StepReport step() {
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
