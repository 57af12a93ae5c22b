package io.surstream.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Micrometer's own JVM meters do not see: the whole process's memory, in which libtorch's tensors are the larger part,
 * the limit that it may reach, the temporary folder's disk and the GPU. Asked at each scrape, which reads a few small files.
 */
public final class ProcessMeters {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern MACHINE = Pattern.compile("MemTotal:\\s+(\\d+) kB");
    private static final double KIB = 1024;

    private final Path status;
    private final Path machine;
    private final Path containerLimit;

    ProcessMeters(Path status, Path machine, Path containerLimit) {
        this.status = status;
        this.machine = machine;
        this.containerLimit = containerLimit;
    }

    /** Registers nothing. */
    public static ProcessMeters ofThisProcess() {
        return new ProcessMeters(
                Path.of("/proc/self/status"), Path.of("/proc/meminfo"), Path.of("/sys/fs/cgroup/memory.max"));
    }

    /** Registers all of them, once in a process however many services it runs. */
    public static void bind(MeterRegistry registry) {
        if (registry.find(Metric.PROCESS_MEMORY.meterName()).gauge() != null) {
            return;
        }
        ofThisProcess().register(registry);
        GpuMemory.onPath().ifPresent(gpus -> gpus.register(registry));
    }

    void register(MeterRegistry registry) {
        Meters.gauge(registry, Metric.PROCESS_MEMORY, this, ProcessMeters::resident);
        Meters.gauge(registry, Metric.MEMORY_LIMIT, this, ProcessMeters::limit);
        DiskMeters.watch(registry, "temporary", Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Bytes; NaN where the system does not tell. */
    double resident() {
        return kibibytes(status, RESIDENT);
    }

    /** Bytes that the container may use, or that the machine has; NaN where the system does not tell. */
    public double limit() {
        double all = kibibytes(machine, MACHINE);
        String ofContainer = read(containerLimit).trim();
        return ofContainer.matches("\\d+") ? Math.min(all, Double.parseDouble(ofContainer)) : all;
    }

    private static double kibibytes(Path file, Pattern line) {
        Matcher found = line.matcher(read(file));
        return found.find() ? Double.parseDouble(found.group(1)) * KIB : Double.NaN;
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            // A value that is not reported is the same as none.
            return "";
        }
    }
}
