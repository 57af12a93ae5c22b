package io.surstream.cli.option;

import picocli.CommandLine.Option;

/** Whether a command prints its result for programs. */
public final class JsonOption {
    @Option(names = "--json", description = "One JSON object on standard output.")
    private boolean wanted;

    public boolean isWanted() {
        return wanted;
    }
}
