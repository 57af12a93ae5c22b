package io.surstream.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Room on the disks of the folders that a process writes to, under names that tell what each is for. Asked at each scrape. */
public final class DiskMeters {
    private DiskMeters() {}

    /** @param folders by names out of {@link Label#PATH_ROLE} */
    public static void watch(MeterRegistry registry, Map<String, Path> folders) {
        folders.forEach((name, folder) -> watch(registry, name, folder));
    }

    /**
     * Does nothing where the name is watched already, by another service of the process.
     *
     * @param name out of {@link Label#PATH_ROLE}
     * @param folder need not be there yet
     */
    public static void watch(MeterRegistry registry, String name, Path folder) {
        boolean watched = registry.find(Metric.DISK_FREE.meterName())
                        .tag(Label.PATH_ROLE.title(), name)
                        .gauge()
                != null;
        if (!watched) {
            Meters.gauge(registry, Metric.DISK_FREE, folder, at -> disk(at).getUsableSpace(), name);
            Meters.gauge(registry, Metric.DISK_SIZE, folder, at -> disk(at).getTotalSpace(), name);
        }
    }

    /** The folder, or the nearest one above it that is there. */
    private static File disk(Path folder) {
        Path at = folder.toAbsolutePath().normalize();
        while (at.getParent() != null && !Files.exists(at)) {
            at = at.getParent();
        }
        return at.toFile();
    }
}
