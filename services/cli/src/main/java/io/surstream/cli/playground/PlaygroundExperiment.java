package io.surstream.cli.playground;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.surstream.cli.option.JsonOption;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.cli.terminal.ProgressBar;
import io.surstream.experiment.Experiment;
import io.surstream.experiment.ExperimentPlan;
import io.surstream.experiment.ExperimentProgress;
import io.surstream.experiment.ExperimentReport;
import io.surstream.experiment.ExperimentRow;
import io.surstream.models.hub.ModelResolver;
import io.surstream.models.llama.TeacherFolder;
import io.surstream.torch.TorchRuntime;
import io.surstream.torch.TorchSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the paper's experiment on the playground and prints its table. */
@Command(
        name = "experiment",
        mixinStandardHelpOptions = true,
        description = {
            "The SUR-adapter paper's experiment in miniature: keyword prompts, plain prompts, plain prompts with an adapter trained here.",
            "Completed rows are not repeated; an interrupted training continues."
        })
final class PlaygroundExperiment implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Option(names = "--out", paramLabel = "DIR", description = "Results and adapters (default: ${DEFAULT-VALUE}).")
    Path out = Path.of("playground-experiment");

    @Option(names = "--model", paramLabel = "REF", description = "Base model (default: ${DEFAULT-VALUE}).")
    String model = "playground";

    @Option(names = "--teacher", paramLabel = "REF", description = "Language model (default: ${DEFAULT-VALUE}).")
    String teacher = "playground";

    @Option(
            names = "--ablations",
            description = "Also run the ablations, which leave out one part of the recipe each; hours.")
    boolean ablations;

    @Option(
            names = "--row",
            paramLabel = "NAME",
            description = "In addition to the main rows run only this one; repeatable.")
    List<String> only = List.of();

    @Option(names = "--images", paramLabel = "N", description = "Images a row (default: ${DEFAULT-VALUE}).")
    int images = ExperimentPlan.standard().images();

    @Option(
            names = "--examples",
            paramLabel = "N",
            description = "Number of training triples (default: ${DEFAULT-VALUE}).")
    int examples = ExperimentPlan.standard().examples();

    @Option(
            names = "--max-train-steps",
            paramLabel = "N",
            description = "Maximum steps of every training (default: the row's).")
    int maxTrainSteps;

    @Option(names = "--seed", paramLabel = "N", description = "Of examples and images (default: ${DEFAULT-VALUE}).")
    long seed = ExperimentPlan.standard().seed();

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: libtorch's own).")
    int threads;

    @Mixin
    JsonOption json;

    @Override
    public Integer call() throws IOException {
        if (threads > 0) {
            TorchRuntime.configure(TorchSettings.threads(threads));
        }
        PrintWriter lines = command.commandLine().getOut();
        ExperimentReport report;
        try (ProgressBar bar = ProgressBar.onTerminal("experiment")) {
            ExperimentPlan plan = new ExperimentPlan(
                    examples, images, ExperimentPlan.standard().batch(), seed, maxTrainSteps);
            report = new Experiment(
                            plan,
                            ModelResolver.standard(Map.of()).resolve(model),
                            TeacherFolder.resolve(ModelResolver.standard(Map.of()), teacher),
                            out,
                            new Shown(bar))
                    .run(rows());
        } catch (IllegalArgumentException refusal) {
            throw new CommandFailedException(refusal.getMessage());
        }
        Files.writeString(out.resolve("table.md"), report.toMarkdown());
        lines.println(json.isWanted() ? new ObjectMapper().writeValueAsString(report) : report.toMarkdown());
        lines.flush();
        return 0;
    }

    private List<ExperimentRow> rows() {
        List<ExperimentRow> rows = new ArrayList<>(ExperimentRow.main());
        for (ExperimentRow row : ExperimentRow.ablations()) {
            if (ablations || only.contains(row.name())) {
                rows.add(row);
            }
        }
        List<String> known =
                ExperimentRow.ablations().stream().map(ExperimentRow::name).toList();
        for (String name : only) {
            if (!known.contains(name)) {
                throw new CommandFailedException("--row must be one of " + known + " but is " + name);
            }
        }
        return rows;
    }

    /** A bar with the time left on a terminal, a line every half minute elsewhere. */
    private static final class Shown implements ExperimentProgress {
        private static final long LINE_EVERY_NANOS = Duration.ofSeconds(30).toNanos();

        private final ProgressBar bar;
        private String current = "";
        private long began;
        private long doneBefore;
        private long lastLine;

        Shown(ProgressBar bar) {
            this.bar = bar;
        }

        @Override
        public void advanced(String what, long done, long total, String figures) {
            long now = System.nanoTime();
            if (!what.equals(current)) {
                current = what;
                began = now;
                doneBefore = done;
                lastLine = 0;
            }
            double seconds = done == doneBefore ? 0 : (now - began) / 1e9 / (done - doneBefore) * (total - done);
            String rest = String.format(java.util.Locale.ROOT, "%s, %.0f min left %s", what, seconds / 60, figures);
            if (bar.isShown()) {
                bar.show(done, total, rest);
            } else if (now - lastLine >= LINE_EVERY_NANOS || done == total) {
                lastLine = now;
                System.err.println(what + " " + done + "/" + total + rest.substring(what.length()));
            }
        }

        @Override
        public void note(String line) {
            bar.close();
            System.err.println(line);
        }
    }
}
