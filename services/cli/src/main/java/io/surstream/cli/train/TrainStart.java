package io.surstream.cli.train;

import io.surstream.cli.option.JsonOption;
import io.surstream.cli.remote.Connection;
import io.surstream.cli.remote.GivenName;
import io.surstream.cli.remote.RunClient;
import io.surstream.cli.remote.RunningInstance;
import io.surstream.v1.TeacherChoice;
import io.surstream.v1.TrainingRequested;
import io.surstream.v1.TrainingRun;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks for a run. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description =
                "Request a training run and watch it to its end. Ctrl-C does not affect the run: 'train watch' shows it again.")
final class TrainStart implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    Connection connection;

    @Option(names = "--dataset", required = true, paramLabel = "NAME", description = "Dataset to train on.")
    String dataset;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "Names the run permanently: requesting it again trains nothing twice (default: a new one).")
    String runId = "run-" + UUID.randomUUID().toString().substring(0, 8);

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "A setting by the published training script's name, for example learning_rate=1e-4; may be repeated.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--model", paramLabel = "REF", description = "Base model (default: the trainer's own).")
    String model = "";

    @Option(
            names = "--teacher",
            paramLabel = "REVISION",
            description = "Revision of the teacher (default: the trainer's own, or the dataset's only teacher).")
    String teacher = "";

    @Option(names = "--layer", paramLabel = "N", description = "Layer of --teacher.")
    int layer;

    @Option(
            names = "--pooling",
            paramLabel = "NAME",
            description = "Pooling of --teacher: last or mean (default: last).")
    String pooling = "last";

    @Option(
            names = "--initial-adapter",
            paramLabel = "REF",
            description =
                    "Initial adapter, a file or folder that the trainer can read, or s3://… (default: new weights).")
    String initialAdapter = "";

    @Option(names = "--detach", description = "Return as soon as the request is published.")
    boolean detach;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Stop watching after this many seconds without progress (default: ${DEFAULT-VALUE}).")
    long timeoutSeconds = 600;

    @Mixin
    JsonOption json;

    @Override
    public Integer call() throws Exception {
        GivenName.require("--run", runId);
        TrainingRequested request = request(System.currentTimeMillis());
        RunningInstance instance = connection.resolve();
        try (RunClient client = new RunClient(connection.kafka(instance), connection.topics())) {
            client.request(request);
            if (detach) {
                command.commandLine().getOut().println(json.isWanted() ? "{\"runId\":\"" + runId + "\"}" : runId);
                command.commandLine().getOut().flush();
                return 0;
            }
            command.commandLine().getErr().println("run " + runId);
            return RunWatching.watch(
                    client,
                    runId,
                    Duration.ofSeconds(timeoutSeconds),
                    json.isWanted(),
                    command.commandLine().getOut());
        }
    }

    TrainingRequested request(long nowMs) {
        TrainingRun.Builder run = TrainingRun.newBuilder()
                .setDataset(dataset)
                .setModel(model)
                .setInitialAdapter(initialAdapter)
                .setSettings(SettingsOption.read(settings));
        if (!teacher.isEmpty()) {
            run.setTeacher(TeacherChoice.newBuilder()
                    .setTeacher(teacher)
                    .setLayer(layer)
                    .setPooling(pooling));
        }
        return TrainingRequested.newBuilder()
                .setRunId(runId)
                .setStart(run)
                .setRequestedAtMs(nowMs)
                .build();
    }
}
