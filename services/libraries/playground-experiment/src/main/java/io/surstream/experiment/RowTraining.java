package io.surstream.experiment;

import io.surstream.training.run.AdapterRun;
import io.surstream.training.run.StepReport;
import io.surstream.training.run.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Trains one row's adapter into its folder, or continues where an interrupted training stopped. */
final class RowTraining {
    private static final int CHECKPOINT_EVERY = 200;
    private static final String CHECKPOINT = "checkpoint";
    private static final String LOSSES = "losses.json";

    private RowTraining() {}

    /** @return means of the losses over the last tenth of the steps */
    static LossMeans run(ExperimentRow row, TrainingTask task, Path folder, ExperimentProgress progress)
            throws IOException {
        Path checkpoint = folder.resolve(CHECKPOINT);
        LossMeans losses = new LossMeans(folder.resolve(LOSSES));
        try (AdapterRun run = Files.exists(checkpoint) ? AdapterRun.resume(task, checkpoint) : AdapterRun.fresh(task)) {
            losses.resumeAt(run.globalStep());
            int total = run.totalSteps();
            double smooth = Double.NaN;
            while (!run.finished()) {
                StepReport report = run.step();
                smooth = Double.isNaN(smooth) ? report.total() : 0.98 * smooth + 0.02 * report.total();
                if (report.globalStep() > total - Math.max(1, total / 10)) {
                    losses.add(report);
                }
                if (report.globalStep() % CHECKPOINT_EVERY == 0 || run.finished()) {
                    losses.keep(report.globalStep());
                    run.save(checkpoint);
                }
                progress.advanced("training " + row.name(), report.globalStep(), total, figures(smooth, report));
            }
        }
        return losses;
    }

    static Path adapter(Path folder) {
        return folder.resolve(CHECKPOINT).resolve("adapter.safetensors");
    }

    private static String figures(double smooth, StepReport report) {
        return String.format(
                Locale.ROOT,
                "loss %.4f (denoising %.4f, distillation %.3f, alignment %.3f) gradient %.2f",
                smooth,
                report.denoising(),
                report.llm(),
                report.prompt(),
                report.gradNorm());
    }
}
