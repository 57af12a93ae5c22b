package io.surstream.experiment;

import io.surstream.evaluation.measure.PlaygroundScorer;
import io.surstream.playground.score.PlaygroundScore.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Says what a folder's results belong to, so that rows of two experiments are never put into one table. */
final class ExperimentStamp {
    private static final String FILE = "experiment.txt";

    private ExperimentStamp() {}

    /** @throws IllegalArgumentException if the folder holds another experiment */
    static void check(Path folder, ExperimentPlan plan, String model, String teacher) throws IOException {
        String wanted = plan
                + "\nmodel " + model
                + "\nteacher " + teacher
                + "\nrows " + digest(recipes())
                + "\ntraining sentences " + digest(SceneExamples.sentences(plan))
                + "\ntest sentences " + digest(tests(plan)) + "\n";
        Path file = folder.resolve(FILE);
        Files.createDirectories(folder);
        if (!Files.exists(file)) {
            Files.writeString(file, wanted);
        } else if (!Files.readString(file).equals(wanted)) {
            throw new IllegalArgumentException(folder + " holds another experiment:\n"
                    + Files.readString(file)
                    + "this one is\n"
                    + wanted
                    + "choose another folder with --out, or delete this one");
        }
    }

    /** How each row says its prompts and trains its adapter. */
    private static List<String> recipes() {
        return Stream.concat(ExperimentRow.main().stream(), ExperimentRow.ablations().stream())
                .map(ExperimentRow::toString)
                .toList();
    }

    private static List<String> tests(ExperimentPlan plan) {
        List<String> prompts = new ArrayList<>();
        for (Wording wording : Wording.values()) {
            new PlaygroundScorer(wording)
                    .tasks(plan.images(), plan.seed())
                    .forEach(task -> prompts.add(task.request().prompt()));
        }
        return prompts;
    }

    private static String digest(List<String> lines) {
        return String.format("%08x", lines.hashCode());
    }
}
