package io.surstream.experiment;

import io.surstream.training.run.StepReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Means of a training's losses and the time that it took, kept beside its checkpoint, so that an interruption does not lose them.
 * Skipped steps do not count. Owned by one thread.
 */
final class LossMeans {
    /** What is on disk; step: of the checkpoint that it belongs to. */
    private record Kept(int step, int summed, Map<String, Double> sums, double seconds) {}

    private final Path file;
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private int summed;
    private double secondsBefore;
    private final long began = System.nanoTime();

    /** @param file need not exist */
    LossMeans(Path file) {
        this.file = file;
    }

    /** Continues from what was kept with the checkpoint of this step; what belongs to another one is left behind. */
    void resumeAt(int step) {
        if (Files.exists(file)) {
            Kept kept = JsonFile.read(file, Kept.class);
            if (kept.step() == step) {
                sums.putAll(kept.sums());
                summed = kept.summed();
                secondsBefore = kept.seconds();
            }
        }
    }

    void add(StepReport report) {
        if (!report.skipped()) {
            summed++;
            sums.merge("total", report.total(), Double::sum);
            sums.merge("denoising", report.denoising(), Double::sum);
            sums.merge("distillation", report.llm(), Double::sum);
            sums.merge("alignment", report.prompt(), Double::sum);
        }
    }

    /** To be called before the checkpoint of this step is written. */
    void keep(int step) {
        JsonFile.write(file, new Kept(step, summed, sums, seconds()));
    }

    Map<String, Double> means() {
        Map<String, Double> means = new LinkedHashMap<>(sums);
        means.replaceAll((name, sum) -> sum / Math.max(1, summed));
        return means;
    }

    /** Of training, in all its processes. */
    double seconds() {
        return secondsBefore + (System.nanoTime() - began) / 1e9;
    }
}
