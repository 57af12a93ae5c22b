package io.surstream.cli.remote;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a {@code surstream up} keeps its data, by which a command finds it. */
public final class DataFolderOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder of 'surstream up' (default: ~/.local/share/surstream).")
    private Path folder = RunningInstance.standardDataFolder();

    public Path folder() {
        return folder;
    }
}
