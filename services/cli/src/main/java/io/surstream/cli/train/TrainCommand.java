package io.surstream.cli.train;

import picocli.CommandLine.Command;

/** Groups the commands that have to do with training runs. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Train adapters in a running deployment: dataset to checkpoints.",
        subcommands = {TrainStart.class, TrainStop.class, TrainWatch.class, TrainExport.class})
public final class TrainCommand {}
