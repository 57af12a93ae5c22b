package io.surstream.cli.adapters;

import io.surstream.cli.remote.Connection;
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

    @Parameters(
            paramLabel = "REVISION",
            description =
                    "Adapter revision (a unique prefix is enough), none, or model for the adapter bundled with the base model.")
    String revision;

    @Option(names = "--channel", paramLabel = "C", description = "live or canary (default: ${DEFAULT-VALUE}).")
    String channel = Promotions.LIVE;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Reason, stored with the promotion.")
    String reason = "by hand";

    @Mixin
    Connection connection;

    @Override
    public Integer call() {
        AdapterService.requireChannel(channel);
        AdapterService service = new AdapterService(connection);
        AdapterPromoted written = service.append(catalog -> decide(service, catalog));
        command.commandLine().getOut().println(Promoted.told(written));
        command.commandLine().getOut().flush();
        return 0;
    }

    private AdapterPromoted decide(AdapterService service, AdapterCatalog catalog) {
        if (Promotions.RESERVED.contains(revision)) {
            return AdapterService.reserved(catalog, channel, revision, reason);
        }
        KnownAdapter known = catalog.require(revision);
        CheckpointPublished checkpoint = known.checkpoint()
                .orElseThrow(() -> new CommandFailedException(
                        "the checkpoint of " + known.revision() + " is no longer published; import it again"));
        requireStored(service, checkpoint.getAdapter());
        return Promotions.promote(catalog.channel(channel), channel, checkpoint, AdapterService.now(reason));
    }

    private static void requireStored(AdapterService service, ObjectReference object) {
        try (ObjectStore store = service.store(object.getBucket())) {
            if (store.find(object.getKey()).isEmpty()) {
                throw new CommandFailedException("s3://" + object.getBucket() + "/" + object.getKey()
                        + " is not there any more; no encoder could load it");
            }
        }
    }
}
