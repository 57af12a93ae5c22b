package io.surstream.cli.train;

import io.surstream.cli.remote.Connection;
import io.surstream.cli.remote.RunClient;
import io.surstream.cli.remote.RunningInstance;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a run until it ends. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Show a run's progress from its latest update until it ends.")
final class TrainWatch implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    Connection connection;

    @Parameters(paramLabel = "ID", description = "The run.")
    String runId;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Give up after this many seconds without progress (default: ${DEFAULT-VALUE}).")
    long timeoutSeconds = 600;

    @Option(names = "--json", description = "The result as one JSON object on standard output.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        RunningInstance instance = connection.resolve();
        try (RunClient client = new RunClient(connection.kafka(instance), connection.topics())) {
            return RunWatching.watch(
                    client,
                    runId,
                    Duration.ofSeconds(timeoutSeconds),
                    json,
                    command.commandLine().getOut());
        }
    }
}
