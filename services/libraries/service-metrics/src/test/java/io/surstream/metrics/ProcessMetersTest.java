package io.surstream.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMetersTest {
    @TempDir
    Path folder;

    private Path status;
    private Path machine;
    private Path container;

    @BeforeEach
    void asLinuxWrites() throws IOException {
        status = Files.writeString(folder.resolve("status"), "Name:\tjava\nVmRSS:\t  2048 kB\nThreads:\t9\n");
        machine = Files.writeString(folder.resolve("meminfo"), "MemTotal:       4096 kB\nMemFree: 1 kB\n");
        container = folder.resolve("memory.max");
    }

    @Test
    void resident_memory_is_the_whole_process() {
        assertEquals(2048 * 1024, meters().resident());
    }

    @Test
    void containers_limit_comes_before_the_machines_memory() throws IOException {
        Files.writeString(container, "1048576\n");

        assertEquals(1 << 20, meters().limit());
    }

    @Test
    void machines_memory_is_the_limit_where_the_container_has_none() throws IOException {
        Files.writeString(container, "max\n");

        assertEquals(4096 * 1024, meters().limit());
    }

    @Test
    void what_the_system_does_not_tell_is_not_a_number() {
        status = folder.resolve("none");

        assertTrue(Double.isNaN(meters().resident()));
    }

    @Test
    void several_services_of_one_process_register_them_once() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ProcessMeters.bind(registry);
        registry.config().onMeterAdded(meter -> fail(meter.getId() + " is registered again"));

        ProcessMeters.bind(registry);
    }

    @Test
    void gpu_memory_is_what_the_drivers_program_says() throws IOException {
        Path program = Files.writeString(
                folder.resolve("nvidia-smi"),
                "#!/bin/sh\nif [ \"$1\" = --query-gpu=index,memory.used,memory.total ]; then echo '0, 100, 400'; echo '1, 3, 400'; fi\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();

        new GpuMemory(program).register(registry);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> registry.find("surstream.gpu.memory.size.bytes")
                                .gauges()
                                .size()
                        == 2);
        assertEquals(
                100 * (1 << 20),
                registry.get("surstream.gpu.memory.used.bytes")
                        .tag("gpu", "0")
                        .gauge()
                        .value());
    }

    private ProcessMeters meters() {
        return new ProcessMeters(status, machine, container);
    }
}
