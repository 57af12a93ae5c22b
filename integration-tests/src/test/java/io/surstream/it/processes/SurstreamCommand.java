package io.surstream.it.processes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code surstream} command in a JVM of its own. */
public final class SurstreamCommand {
    private static final Path JAR =
            Path.of("../services/cli/target/cli.jar").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private SurstreamCommand() {}

    /**
     * @param environment further variables
     * @return both outputs
     * @throws AssertionError if it does not end well
     */
    public static String run(Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("-Xmx256m"));
        if (Runtime.version().feature() >= 23) {
            // As the launcher does: else the JVM's own warnings stand among the command's words.
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(arguments);
        try (JvmProcess process = new JvmProcess("surstream-" + arguments.get(0), command, environment)) {
            int exit = process.awaitEnd(LIMIT);
            if (exit != 0) {
                throw new AssertionError(arguments + " ended with " + exit + ":\n" + process.output());
            }
            return process.output();
        }
    }
}
