package io.surstream.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Part of the list of commands; the launcher script runs services/standalone for it. */
@Command(
        name = "up",
        description = "Run everything in one JVM, data on disk ('surstream up --help' lists its options).")
final class UpCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new IllegalStateException("up is started by the launcher script: run ./surstream up");
    }
}
