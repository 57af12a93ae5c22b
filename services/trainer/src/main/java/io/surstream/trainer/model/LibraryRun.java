package io.surstream.trainer.model;

import io.surstream.trainer.train.StepReport;
import io.surstream.trainer.train.SteppedRun;
import io.surstream.training.run.AdapterRun;
import io.surstream.v1.TrainingLosses;
import java.nio.file.Path;

/** The training library's run behind the loop's interface. Takes the run over. */
final class LibraryRun implements SteppedRun {
    private final AdapterRun run;
    private final String modelRevision;
    private final String remark;

    LibraryRun(AdapterRun run, String modelRevision, String remark) {
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
        io.surstream.training.run.StepReport step = run.step();
        return new StepReport(
                step.globalStep(),
                TrainingLosses.newBuilder()
                        .setTotal(step.total())
                        .setDenoising(step.denoising())
                        .setLlm(step.llm())
                        .setPrompt(step.prompt())
                        .setGradNorm(step.gradNorm())
                        .build(),
                step.learningRate(),
                step.examples(),
                step.skipped(),
                run.skippedSteps());
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
