package io.surstream.cli.doctor;

import io.surstream.metrics.ProcessMeters;
import io.surstream.torch.TorchRuntime;
import io.surstream.torch.tensor.TorchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this machine must have before anything is started. */
final class MachineChecks {
    private static final int OLDEST_JAVA = 17;
    private static final int NEWEST_TRIED = 25;
    private static final long GIB = 1L << 30;
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

    private MachineChecks() {}

    static Finding java(int feature) {
        String found = "Java " + feature + ", " + Runtime.getRuntime().availableProcessors() + " cores";
        if (feature < OLDEST_JAVA) {
            return Finding.fail("java", found, "install a JDK " + OLDEST_JAVA + " or newer, or set JAVA_HOME to one");
        }
        return feature > NEWEST_TRIED
                ? Finding.warn(
                        "java", found, "newer than the " + NEWEST_TRIED + " that was tried; if it fails, use that")
                : Finding.ok("java", found);
    }

    static Finding nativeLibraries() {
        try {
            return Finding.ok(
                    "native-libraries",
                    "libtorch " + TorchRuntime.version() + ", CUDA devices: " + TorchRuntime.cudaDevices());
        } catch (TorchException | LinkageError e) {
            return Finding.fail(
                    "native-libraries",
                    "libtorch does not load: " + e.getMessage(),
                    "use Linux x86-64 with glibc 2.29 or newer and libstdc++6 (no Alpine), and let ~/.djl.ai or DJL_CACHE_DIR be writable");
        }
    }

    /**
     * @param available bytes on this machine without swapping
     * @param limit bytes that a process here may use; NaN where nobody says
     */
    static Finding memory(long available, double limit) {
        boolean isContained = limit < available;
        long bytes = isContained ? (long) limit : available;
        String found = gib(bytes) + (isContained ? " is all that this container may use" : " available");
        if (bytes < GIB / 2) {
            return Finding.fail(
                    "memory",
                    found,
                    "the bundled model needs 512 MiB; stop other programs or raise the container's limit");
        }
        return bytes < 2 * GIB
                ? Finding.warn(
                        "memory",
                        found,
                        "enough for the bundled model alone; Stable Diffusion needs 2.5 to 5 GiB (docs/performance.md)")
                : Finding.ok("memory", found);
    }

    /** What Linux says is available on the machine; on other systems what the JVM may take. */
    static long availableMemory() throws IOException {
        Path file = Path.of("/proc/meminfo");
        Matcher line = AVAILABLE.matcher(Files.isReadable(file) ? Files.readString(file) : "");
        return line.find()
                ? Long.parseLong(line.group(1)) << 10
                : Runtime.getRuntime().maxMemory();
    }

    /** Of the container, or else of the machine. */
    static double memoryLimit() {
        return ProcessMeters.ofThisProcess().limit();
    }

    /** @param free bytes on the disk of the folder */
    static Finding disk(Path folder, long free) {
        String found = gib(free) + " free under " + folder;
        String advice = "free some, or choose another disk by --data DIR (and XDG_CACHE_HOME for models)";
        if (free < GIB) {
            return Finding.fail("disk", found, advice);
        }
        return free < 5 * GIB ? Finding.warn("disk", found, advice) : Finding.ok("disk", found);
    }

    /** Free bytes where the folder is, or will be. */
    static long freeSpace(Path folder) throws IOException {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        return Files.getFileStore(there).getUsableSpace();
    }

    /** Ports that {@code surstream up} needs and another process uses. */
    static Finding ports(List<Integer> wanted) {
        List<Integer> taken = wanted.stream().filter(port -> !isFree(port)).toList();
        return taken.isEmpty()
                ? Finding.ok("ports", "free: " + wanted)
                : Finding.warn(
                        "ports",
                        "taken by other programs: " + taken,
                        "surstream up then needs --port, or takes other ports for broker and store by itself; lsof -i :PORT names the program");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) GIB);
    }
}
