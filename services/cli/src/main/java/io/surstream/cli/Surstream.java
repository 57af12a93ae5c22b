package io.surstream.cli;

import io.surstream.cli.adapters.AdaptersCommand;
import io.surstream.cli.backup.Backup;
import io.surstream.cli.backup.Restore;
import io.surstream.cli.bench.Bench;
import io.surstream.cli.bootstrap.Bootstrap;
import io.surstream.cli.certificates.Certificates;
import io.surstream.cli.dataset.DatasetCommand;
import io.surstream.cli.doctor.Doctor;
import io.surstream.cli.playground.PlaygroundCommand;
import io.surstream.cli.terminal.CommandFailedException;
import io.surstream.cli.train.TrainCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The root command.
 *
 * <p>Exit codes: 0 success, 1 the work was refused or failed (its reason is one line on standard error), 2 wrong usage.
 */
@Command(
        name = "surstream",
        mixinStandardHelpOptions = true,
        version = "surstream 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        description = "Text-to-image generation on Kafka.",
        footer = {
            "",
            "Exit codes: 0 success, 1 rejected or failed, 2 wrong usage. 'surstream COMMAND --help' shows all options."
        },
        subcommands = {
            UpCommand.class,
            Doctor.class,
            Bootstrap.class,
            Certificates.class,
            Submit.class,
            Sample.class,
            Tokenize.class,
            Inspect.class,
            ParityCommand.class,
            TrainCommand.class,
            DatasetCommand.class,
            AdaptersCommand.class,
            Backup.class,
            Restore.class,
            PlaygroundCommand.class,
            Bench.class
        })
public final class Surstream {
    private Surstream() {}

    public static void main(String[] arguments) {
        quietLibraries();
        System.exit(commandLine().execute(arguments));
    }

    /** A fresh command line; also what the tests drive. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Surstream());
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setParameterExceptionHandler((wrong, arguments) -> misused(wrong));
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
        return commandLine;
    }

    private static void quietLibraries() {
        try (InputStream settings = Surstream.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (IOException e) {
            throw new UncheckedIOException("logging.properties of the command cannot be read", e);
        }
    }

    /** The reason alone, so that it does not scroll away; only who names no command sees which there are. */
    private static int misused(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter out = command.getErr();
        out.println(command.getCommandSpec().qualifiedName() + ": " + wrong.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(wrong, out)) {
            if (command.getSubcommands().isEmpty()) {
                out.println("'" + command.getCommandSpec().qualifiedName() + " --help' shows all options.");
            } else {
                command.usage(out);
            }
        }
        out.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static int report(Exception failure, CommandLine command) {
        PrintWriter out = command.getErr();
        out.println(command.getCommandSpec().qualifiedName() + ": " + CommandFailedException.reason(failure));
        if (System.getenv("SURSTREAM_TRACE") != null) {
            failure.printStackTrace(out);
        }
        out.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
