package io.surstream.cli.dataset;

import picocli.CommandLine.Command;

/** Examples for the adapter's training. */
@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Import examples for the adapter's training, and see what became of them.",
        subcommands = {DatasetImport.class, DatasetReport.class})
public final class DatasetCommand {}
