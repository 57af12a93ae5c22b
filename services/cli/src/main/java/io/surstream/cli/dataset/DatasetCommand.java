package io.surstream.cli.dataset;

import picocli.CommandLine.Command;

/** Examples for the adapter's training. */
@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Import training examples, and report what was rejected.",
        subcommands = {DatasetImport.class, DatasetReport.class})
public final class DatasetCommand {}
