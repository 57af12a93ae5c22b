package io.surstream.cli.train;

import io.surstream.cli.remote.Connection;
import io.surstream.cli.remote.RunClient;
import io.surstream.cli.remote.RunningInstance;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.storage.MinioObjectStore;
import io.surstream.storage.ObjectStore;
import io.surstream.storage.StoreSettings;
import io.surstream.training.checkpoint.PublishedAdapter;
import io.surstream.v1.CheckpointPublished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes an adapter as the published checkpoints are: a PyTorch state dict. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write an adapter in the format of the published checkpoints, a PyTorch state dict.")
final class TrainExport implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    Connection connection;

    @Parameters(
            paramLabel = "RUN|FOLDER",
            description = "A run (its newest checkpoint is exported), a checkpoint's folder, or an adapter file.")
    String source;

    @Option(names = "--pt", required = true, paramLabel = "FILE", description = "Output file.")
    Path target;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(Path.of(source))) {
            PublishedAdapter.export(Path.of(source), target);
        } else {
            exportRun();
        }
        command.commandLine().getOut().println(target);
        command.commandLine().getOut().flush();
        return 0;
    }

    private void exportRun() throws IOException {
        RunningInstance instance = connection.resolve();
        CheckpointPublished checkpoint;
        try (RunClient client = new RunClient(connection.kafka(instance), connection.topics())) {
            checkpoint = client.newestCheckpoint(source)
                    .orElseThrow(() -> new CommandFailedException(
                            source + " is no folder, no file, and no run with a checkpoint; look at the id"));
        }
        StoreSettings settings =
                connection.storage(instance).withBucket(checkpoint.getAdapter().getBucket());
        Path folder = Files.createTempDirectory("surstream-export-");
        Path file = folder.resolve("adapter.safetensors");
        try (ObjectStore store = new MinioObjectStore(settings)) {
            store.download(checkpoint.getAdapter().getKey(), file);
            PublishedAdapter.export(file, target);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }
}
