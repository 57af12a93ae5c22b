package io.surstream.cli.playground;

import picocli.CommandLine.Command;

/** The bundled model: how it is made, and how good it is. */
@Command(
        name = "playground",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Train and measure the bundled playground model.",
        subcommands = {PlaygroundTrain.class, PlaygroundExperiment.class, PlaygroundScoring.class, PlaygroundSheet.class
        })
public final class PlaygroundCommand {}
