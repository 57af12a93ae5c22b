package io.surstream.cli.playground;

import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.cli.terminal.ProgressBar;
import io.surstream.models.hub.ModelResolver;
import io.surstream.playground.training.PlaygroundRecipe;
import io.surstream.playground.training.PlaygroundTraining;
import io.surstream.playground.training.TrainingOptions;
import io.surstream.playground.training.TrainingProgress;
import io.surstream.torch.TorchRuntime;
import io.surstream.torch.TorchSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the playground model from scratch, or continues where an earlier run stopped. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Train the playground model from scratch: hours on two cores; you can interrupt and resume it at any time.",
            "The same folder continues where it stopped; a finished stage is not run again."
        })
final class PlaygroundTrain implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for model/ and state/ (default: ${DEFAULT-VALUE}).")
    Path out = Path.of("playground-training");

    @Option(
            names = "--stage",
            paramLabel = "NAME",
            description =
                    "Only this stage; may be repeated: tokenizer, text-encoder, vocabulary, autoencoder, decoder, unet,"
                            + " unet-refinement, teacher.")
    List<String> stages = PlaygroundTraining.stages();

    @Option(
            names = "--from",
            paramLabel = "REF",
            description = "Start from this finished model, for example 'playground', and only refine its UNet.")
    String from;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: the fastest, by measurement).")
    int threads;

    @Option(
            names = "--save-every",
            paramLabel = "MINUTES",
            description = "Time between two saved states (default: ${DEFAULT-VALUE}).")
    int saveEveryMinutes = 3;

    @Override
    public Integer call() throws IOException {
        TorchRuntime.configure(TorchSettings.threads(threads));
        PrintWriter lines = command.commandLine().getOut();
        TrainingOptions options = new TrainingOptions(threads == 0, Duration.ofMinutes(saveEveryMinutes), stages);
        Path model;
        try (ProgressBar bar = ProgressBar.onTerminal("training")) {
            Shown shown = new Shown(bar, lines);
            if (from != null) {
                Path finished = ModelResolver.standard(Map.of()).resolve(from).path();
                PlaygroundTraining.adopt(PlaygroundRecipe.bundled(), finished, out, shown);
            }
            model = PlaygroundTraining.run(PlaygroundRecipe.bundled(), out, shown, options);
        } catch (IllegalArgumentException refusal) {
            throw new CommandFailedException(refusal.getMessage());
        }
        lines.println("The model is in " + model + "; score it with: ./surstream playground score --model " + model);
        lines.flush();
        return 0;
    }

    /** A bar on a terminal, a line every half minute elsewhere. */
    private static final class Shown implements TrainingProgress {
        private static final long LINE_EVERY_NANOS = Duration.ofSeconds(30).toNanos();

        private final ProgressBar bar;
        private final PrintWriter lines;
        private long lastLine = System.nanoTime() - LINE_EVERY_NANOS;

        Shown(ProgressBar bar, PrintWriter lines) {
            this.bar = bar;
            this.lines = lines;
        }

        @Override
        public void advanced(String stage, long done, long total, Duration eta, String figures) {
            String rest = "steps, " + eta.toMinutes() + " min left, " + figures;
            if (bar.isShown()) {
                bar.show(done, total, stage + " " + rest);
            } else if (System.nanoTime() - lastLine >= LINE_EVERY_NANOS || done == total) {
                lastLine = System.nanoTime();
                lines.println(stage + " " + done + "/" + total + " " + rest);
                lines.flush();
            }
        }

        @Override
        public void note(String line) {
            bar.close();
            lines.println(line);
            lines.flush();
        }
    }
}
