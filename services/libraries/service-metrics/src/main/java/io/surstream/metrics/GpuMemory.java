package io.surstream.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Memory of the machine's NVIDIA GPUs, as nvidia-smi reports it every 15 s, on its own thread. */
final class GpuMemory {
    private static final Logger LOG = LoggerFactory.getLogger(GpuMemory.class);
    private static final long REFRESH_SECONDS = 15;
    private static final double MIB = 1 << 20;

    private final Path program;

    GpuMemory(Path program) {
        this.program = program;
    }

    /** Empty on a machine without the program, which has no GPU that libtorch could use. */
    static Optional<GpuMemory> onPath() {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .map(folder -> Path.of(folder, "nvidia-smi"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(GpuMemory::new);
    }

    void register(MeterRegistry registry) {
        MultiGauge used = Meters.rows(registry, Metric.GPU_MEMORY_USED);
        MultiGauge size = Meters.rows(registry, Metric.GPU_MEMORY_SIZE);
        Executors.newSingleThreadScheduledExecutor(task -> {
                    Thread thread = new Thread(task, "gpu-memory");
                    thread.setDaemon(true);
                    return thread;
                })
                .scheduleWithFixedDelay(() -> refresh(used, size), 0, REFRESH_SECONDS, TimeUnit.SECONDS);
    }

    private void refresh(MultiGauge used, MultiGauge size) {
        Map<List<String>, Double> usedByGpu = new LinkedHashMap<>();
        Map<List<String>, Double> sizeByGpu = new LinkedHashMap<>();
        try {
            // One line a GPU: index, MiB in use, MiB in all.
            for (String line : ask().lines().toList()) {
                String[] cells = line.split(",\\s*");
                usedByGpu.put(List.of(cells[0]), Double.parseDouble(cells[1]) * MIB);
                sizeByGpu.put(List.of(cells[0]), Double.parseDouble(cells[2].trim()) * MIB);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} does not tell the GPUs' memory: {}", program, e.toString());
        }
        Meters.replace(used, Metric.GPU_MEMORY_USED, usedByGpu);
        Meters.replace(size, Metric.GPU_MEMORY_SIZE, sizeByGpu);
    }

    private String ask() throws IOException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--query-gpu=index,memory.used,memory.total",
                        "--format=csv,noheader,nounits")
                .redirectErrorStream(true)
                .start();
        try (var answer = process.getInputStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
