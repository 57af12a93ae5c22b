package io.surstream.it.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A JVM of its own. Its output goes to {@code target/it-logs}. */
class JvmProcess implements AutoCloseable {
    static final Path LOGS = Path.of("target/it-logs");
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final String name;
    private final Process process;
    private final Path log;

    /**
     * Starts and returns at once.
     *
     * @param name of the process in messages and of its log
     * @param arguments of {@code java}
     */
    JvmProcess(String name, List<String> arguments) {
        this(name, arguments, Map.of());
    }

    /** @param environment further variables */
    JvmProcess(String name, List<String> arguments, Map<String, String> environment) {
        this.name = name;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        try {
            Files.createDirectories(LOGS);
            log = LOGS.resolve(name + "-" + STARTED.incrementAndGet() + ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
            builder.environment().putAll(Map.of("OMP_WAIT_POLICY", "passive", "OPT_OUT_TRACKING", "true"));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    final String name() {
        return name;
    }

    final Path log() {
        return log;
    }

    /** Everything it has said so far. */
    public final String output() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public final boolean isAlive() {
        return process.isAlive();
    }

    /** As the kernel's out-of-memory killer would: no shutdown hook runs. */
    public final void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGSTOP: it does nothing until {@link #thaw}, as on a machine that swaps or a paused virtual machine. */
    public final void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    public final void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + signal + " of " + name + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends SIGTERM and returns at once. */
    public final void terminate() {
        process.destroy();
    }

    /** SIGTERM, as an orchestrator stops it. */
    public final int stop() {
        terminate();
        return awaitEnd();
    }

    /** Waits for an end that was not asked for, or asked for before. */
    public final int awaitEnd() {
        return awaitEnd(STOP_LIMIT);
    }

    /** The same with another limit, after which it is killed. */
    final int awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " did not end within " + limit + ":\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public final void close() {
        if (isAlive()) {
            stop();
        }
    }
}
