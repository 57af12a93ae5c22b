package io.surstream.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskMetersTest {
    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void each_folder_has_its_name_and_no_path() {
        DiskMeters.watch(registry, Map.of("cache", folder.resolve("models"), "work", folder));

        assertEquals(
                Set.of("cache", "work"),
                registry.get(Metric.DISK_FREE.meterName()).gauges().stream()
                        .map(gauge -> gauge.getId().getTag("path_role"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void folder_that_is_not_there_yet_has_the_disk_on_which_it_will_be() {
        DiskMeters.watch(registry, "work", folder.resolve("not/yet"));

        assertEquals(folder.toFile().getTotalSpace(), gauge(Metric.DISK_SIZE).value());
        assertTrue(gauge(Metric.DISK_FREE).value() > 0);
    }

    @Test
    void several_services_of_one_process_watch_a_folder_once() {
        DiskMeters.watch(registry, "cache", folder);
        registry.config().onMeterAdded(meter -> fail(meter.getId() + " is registered again"));

        DiskMeters.watch(registry, "cache", folder);
    }

    @Test
    void path_is_no_name() {
        assertThrows(AssertionError.class, () -> DiskMeters.watch(registry, "/tmp", folder));
    }

    private Gauge gauge(Metric metric) {
        return registry.get(metric.meterName()).gauge();
    }
}
