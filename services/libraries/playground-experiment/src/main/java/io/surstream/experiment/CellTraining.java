package io.surstream.experiment;

import io.surstream.training.run.AdapterRun;
import io.surstream.training.run.StepReport;
import io.surstream.training.run.TrainingTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Trains one row's adapter into its folder, or goes on where an interrupted training stopped. */
final class CellTraining {
    private static final int CHECKPOINT_EVERY = 200;
    private static final String CHECKPOINT = "checkpoint";

    private final Map<String, Double> sums = new LinkedHashMap<>();
    private int summed;

    /** @return means of the losses over the last tenth of the steps */
    Map<String, Double> run(Cell cell, TrainingTask task, Path folder, ExperimentProgress progress) {
        Path checkpoint = folder.resolve(CHECKPOINT);
        try (AdapterRun run = Files.exists(checkpoint) ? AdapterRun.resume(task, checkpoint) : AdapterRun.fresh(task)) {
            int total = run.totalSteps();
            double smooth = Double.NaN;
            while (!run.finished()) {
                StepReport report = run.step();
                smooth = Double.isNaN(smooth) ? report.total() : 0.98 * smooth + 0.02 * report.total();
                if (report.globalStep() > total - Math.max(1, total / 10)) {
                    add(report);
                }
                if (report.globalStep() % CHECKPOINT_EVERY == 0 || run.finished()) {
                    run.save(checkpoint);
                }
                progress.advanced("training " + cell.name(), report.globalStep(), total, figures(smooth, report));
            }
        }
        sums.replaceAll((name, sum) -> sum / Math.max(1, summed));
        return sums;
    }

    static Path adapter(Path folder) {
        return folder.resolve(CHECKPOINT).resolve("adapter.safetensors");
    }

    private void add(StepReport report) {
        if (!report.skipped()) {
            summed++;
            sums.merge("total", report.total(), Double::sum);
            sums.merge("denoising", report.denoising(), Double::sum);
            sums.merge("distillation", report.llm(), Double::sum);
            sums.merge("alignment", report.prompt(), Double::sum);
        }
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
