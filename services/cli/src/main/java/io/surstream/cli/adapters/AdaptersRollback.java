package io.surstream.cli.adapters;

import io.surstream.cli.remote.Connection;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.contract.training.Promotions;
import io.surstream.v1.AdapterPromoted;
import io.surstream.v1.CheckpointPublished;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives a channel what it had before. */
@Command(name = "rollback", mixinStandardHelpOptions = true, description = "Restore a channel's previous adapter.")
final class AdaptersRollback implements Callable<Integer> {
    @Spec
    CommandSpec command;

    @Option(names = "--channel", paramLabel = "C", description = "live or canary (default: ${DEFAULT-VALUE}).")
    String channel = Promotions.LIVE;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Reason, stored with the promotion.")
    String reason = "rollback by hand";

    @Mixin
    Connection connection;

    @Override
    public Integer call() {
        AdapterService.requireChannel(channel);
        AdapterPromoted written = new AdapterService(connection).append(catalog -> decide(catalog, channel, reason));
        command.commandLine().getOut().println(Promoted.told(written));
        command.commandLine().getOut().flush();
        return 0;
    }

    /** A promotion of the revision before, with the next sequence. */
    static AdapterPromoted decide(AdapterCatalog catalog, String channel, String reason) {
        Optional<AdapterPromoted> last = catalog.channel(channel);
        String before = last.orElseThrow(() -> new CommandFailedException(
                        "nothing was ever promoted to " + channel + "; there is nothing to go back to"))
                .getPreviousRevision();
        if (Promotions.RESERVED.contains(before)) {
            return AdapterService.reserved(catalog, channel, before, reason);
        }
        CheckpointPublished checkpoint = catalog.checkpoint(before)
                .orElseThrow(() -> new CommandFailedException("the checkpoint of " + before + ", which " + channel
                        + " had before, is no longer published; promote another one"));
        return Promotions.promote(last, channel, checkpoint, AdapterService.now(reason));
    }
}
