package io.surstream.it.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The {@code surstream} command in a JVM of its own. */
public final class SurstreamCommand {
    private static final Path JAR =
            Path.of("../services/cli/target/cli.jar").toAbsolutePath().normalize();
    private static final long LIMIT_SECONDS = 300;

    private SurstreamCommand() {}

    /**
     * @param environment further variables
     * @return both outputs
     * @throws AssertionError if it does not end well
     */
    public static String run(Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        if (Runtime.version().feature() >= 23) {
            // As the launcher does: else the JVM's own warnings stand among the command's words.
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile("surstream-command", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(
                        arguments + (ended ? " ended with " + process.exitValue() : " did not end") + ":\n" + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException("services/cli cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
