package io.surstream.cli.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.JsonFormat;
import io.surstream.cli.remote.RunClient;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.cli.terminal.ProgressBar;
import io.surstream.v1.Failure;
import io.surstream.v1.TrainingProgressed;
import io.surstream.v1.TrainingProgressed.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** A run at the terminal: a bar that moves, and its end in one line or one JSON object. */
final class RunWatching {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunWatching() {}

    /**
     * @return the exit code
     * @throws CommandFailedException when the run failed
     */
    static int watch(RunClient client, String runId, Duration silence, boolean json, PrintWriter out)
            throws InterruptedException, IOException {
        TrainingProgressed end;
        try (ProgressBar bar = ProgressBar.onTerminal("training")) {
            end = client.watch(runId, silence, news -> show(bar, news));
        }
        if (json) {
            out.println(JSON.readTree(JsonFormat.printer().print(end)));
        } else if (end.getState() != State.FAILED) {
            out.println(sentence(end));
        }
        out.flush();
        if (end.getState() == State.FAILED) {
            Failure failure = end.getFailure();
            throw new CommandFailedException(failure.getMessage().isBlank() ? failure.getType() : failure.getMessage());
        }
        return 0;
    }

    private static void show(ProgressBar bar, TrainingProgressed news) {
        if (news.getState() == State.TRAINING) {
            bar.show(news.getGlobalStep(), news.getMaxTrainSteps(), unit(news));
        } else if (news.getState() == State.PREPARING) {
            bar.say(news.getActivity());
        }
    }

    /** The text after the numbers of the bar. */
    static String unit(TrainingProgressed news) {
        return String.format(
                Locale.ROOT,
                "steps, loss %.4f, %.1f examples/s, %s left,",
                news.getLosses().getTotal(),
                news.getExamplesPerSecond(),
                time(news.getEtaSeconds()));
    }

    static String time(long seconds) {
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static String sentence(TrainingProgressed end) {
        return "run " + end.getRunId() + ": " + end.getState().name().toLowerCase(Locale.ROOT) + " at step "
                + end.getGlobalStep() + (end.getActivity().isBlank() ? "" : ", " + end.getActivity());
    }
}
