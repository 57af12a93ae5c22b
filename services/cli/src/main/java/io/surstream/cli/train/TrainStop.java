package io.surstream.cli.train;

import io.surstream.cli.remote.Connection;
import io.surstream.cli.remote.GivenName;
import io.surstream.cli.remote.RunClient;
import io.surstream.cli.remote.RunningInstance;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingStop;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a run; its last state becomes a checkpoint. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "End a run permanently; its last state becomes a checkpoint.")
final class TrainStop implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    Connection connection;

    @Parameters(paramLabel = "ID", description = "The run.")
    String runId;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Reason, shown to others.")
    String reason = "stopped by hand";

    @Override
    public Integer call() {
        GivenName.require("ID", runId);
        RunningInstance instance = connection.resolve();
        try (RunClient client = new RunClient(connection.kafka(instance), connection.topics())) {
            client.request(TrainingRequested.newBuilder()
                    .setRunId(runId)
                    .setStop(TrainingStop.newBuilder().setReason(reason))
                    .setRequestedAtMs(System.currentTimeMillis())
                    .build());
        }
        command.commandLine()
                .getOut()
                .println("run " + runId + " is asked to stop; 'surstream train watch' tells its end");
        command.commandLine().getOut().flush();
        return 0;
    }
}
