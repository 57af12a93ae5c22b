package io.surstream.cli.backup;

import io.surstream.cli.option.BucketOption;
import io.surstream.cli.remote.Connection;
import io.surstream.cli.remote.RunningInstance;
import io.surstream.platformsetup.backup.BucketBackup;
import io.surstream.platformsetup.backup.TopicBackup;
import io.surstream.storage.ObjectStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Topics first, objects behind them: an event is published after the objects that it names, so none of them is missing. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Copy topics and bucket to a folder; services may run meanwhile.",
            "Repeated into the same folder, it fetches only new objects."
        })
public final class Backup implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    Connection connection;

    @Parameters(paramLabel = "DIR", description = "Folder of the backup; created if it is missing.")
    Path folder;

    @Mixin
    BucketOption bucket;

    @Option(
            names = "--topics-only",
            description = "Do not copy the bucket; use the store's own tools, for example mc mirror.")
    boolean topicsOnly;

    @Override
    public Integer call() {
        RunningInstance instance = connection.resolve();
        BackupFolder backup = new BackupFolder(folder);
        backup.open();
        PrintWriter out = command.commandLine().getOut();
        Map<String, Long> topics =
                new TopicBackup(connection.kafka(instance), connection.topics()).save(backup.topics(), List.of());
        topics.forEach((topic, records) -> out.printf("%-42s %d%n", topic, records));
        OptionalInt objects = OptionalInt.empty();
        if (!topicsOnly) {
            try (ObjectStore store = connection.store(instance, connection.bucket(bucket.name()))) {
                objects = OptionalInt.of(new BucketBackup(store, backup.objects()).save());
            }
            out.printf("%-42s %d%n", "objects", objects.getAsInt());
        }
        backup.close(topics, objects);
        out.flush();
        return 0;
    }
}
