package io.surstream.cli.backup;

import io.surstream.cli.option.BucketOption;
import io.surstream.cli.remote.Connection;
import io.surstream.cli.remote.RunningInstance;
import io.surstream.platformsetup.backup.BucketBackup;
import io.surstream.platformsetup.backup.TopicRestore;
import io.surstream.storage.ObjectStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Objects first, then the topics that name them; but nothing at all where the topics would not go in. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Restore topics and bucket from a folder, before any service runs.",
            "Topics must be missing or empty; identical objects stay unchanged."
        })
public final class Restore implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Mixin
    Connection connection;

    @Parameters(paramLabel = "DIR", description = "Folder of the backup.")
    Path folder;

    @Mixin
    BucketOption bucket;

    @Override
    public Integer call() {
        RunningInstance instance = connection.resolve();
        BackupFolder backup = new BackupFolder(folder);
        PrintWriter out = command.commandLine().getOut();
        boolean withObjects = backup.requireWhole();
        TopicRestore restore = new TopicRestore(connection.kafka(instance), connection.topics());
        restore.requireRoom(backup.topics());
        if (withObjects) {
            try (ObjectStore store = connection.store(instance, connection.bucket(bucket.name()))) {
                out.printf("%-42s %d%n", "objects", new BucketBackup(store, backup.objects()).load());
            }
        }
        Map<String, Long> topics = restore.load(backup.topics());
        topics.forEach((topic, records) -> out.printf("%-42s %d%n", topic, records));
        out.flush();
        return 0;
    }
}
