package io.surstream.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The most memory that this process has held since {@link #forget}; only on Linux. */
final class PeakMemory {
    private static final Path RESET = Path.of("/proc/self/clear_refs");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESET_PEAK = "5"; // see proc(5)

    private PeakMemory() {}

    static void forget() {
        try {
            Files.writeString(RESET, RESET_PEAK);
        } catch (IOException e) {
            System.getLogger(PeakMemory.class.getName())
                    .log(System.Logger.Level.WARNING, "peak memory is that of the whole process: " + e);
        }
    }

    /** NaN where the system does not tell. */
    static double megabytes() {
        try (Stream<String> status = Files.lines(STATUS)) {
            return status.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
