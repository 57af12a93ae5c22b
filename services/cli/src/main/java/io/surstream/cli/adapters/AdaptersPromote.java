package io.surstream.cli.adapters;

import io.surstream.cli.house.Connection;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.contract.training.Promotions;
import io.surstream.storage.ObjectStore;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointPublished;
import io.surstream.v1.ObjectReference;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a channel an adapter. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description =
                "Make an adapter live, or canary; 'none' empties the channel, 'model' gives live the model's own.")
final class AdaptersPromote implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Parameters(paramLabel = "REV", description = "Its revision, or the beginning of it; or none or model.")
    String revision;

    @Option(names = "--channel", paramLabel = "C", description = "live or canary (default: ${DEFAULT-VALUE}).")
    String channel = Promotions.LIVE;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    String reason = "by hand";

    @Mixin
    Connection connection;

    @Override
    public Integer call() {
        AdapterDesk.requireChannel(channel);
        AdapterDesk desk = new AdapterDesk(connection);
        AdapterPromoted written = desk.append(board -> decide(desk, board));
        command.commandLine().getOut().println(Promoted.told(written));
        command.commandLine().getOut().flush();
        return 0;
    }

    private AdapterPromoted decide(AdapterDesk desk, AdapterBoard board) {
        if (Promotions.RESERVED.contains(revision)) {
            return AdapterDesk.reserved(board, channel, revision, reason);
        }
        KnownAdapter known = board.require(revision);
        CheckpointPublished checkpoint = known.checkpoint()
                .orElseThrow(() -> new CommandFailedException(
                        "the checkpoint of " + known.revision() + " is no longer published; import it again"));
        requireStored(desk, checkpoint.getAdapter());
        return Promotions.promote(board.channel(channel), channel, checkpoint, AdapterDesk.now(reason));
    }

    private static void requireStored(AdapterDesk desk, ObjectReference object) {
        try (ObjectStore store = desk.store(object.getBucket())) {
            if (store.find(object.getKey()).isEmpty()) {
                throw new CommandFailedException("s3://" + object.getBucket() + "/" + object.getKey()
                        + " is not there any more; no encoder could load it");
            }
        }
    }
}
