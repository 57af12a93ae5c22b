package io.surstream.cli.adapters;

import picocli.CommandLine.Command;

/** Adapters by hand: over Kafka and the store, with or without an evaluator. */
@Command(
        name = "adapters",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "List, promote, roll back and import adapters.",
        subcommands = {
            AdaptersList.class,
            AdaptersShow.class,
            AdaptersPromote.class,
            AdaptersRollback.class,
            AdaptersImport.class
        })
public final class AdaptersCommand {}
