package io.surstream.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The process's one libtorch. It starts at first use, never touches the network and reports nothing to anybody.
 * Safe for use from many threads.
 */
public final class TorchRuntime {
    private static TorchSettings settings;
    private static Engine engine;
    /** 0: each kind of call finds its own. */
    private static volatile int fixedThreads;

    private static volatile int mostThreads;
    private static volatile ThreadChoice choice;

    private TorchRuntime() {}

    /**
     * Chooses the settings, before the first script, device query or seed.
     *
     * @throws IllegalStateException if libtorch already runs with other settings
     */
    public static synchronized void configure(TorchSettings wanted) {
        if (engine != null && !wanted.equals(settings)) {
            throw new IllegalStateException("libtorch already runs with " + settings
                    + "; configure it before the first script is loaded instead of with " + wanted);
        }
        settings = wanted;
    }

    /** Seeds libtorch's generators (dropout and the like in scripts). */
    public static void seed(long seed) {
        engine();
        JniUtils.setSeed(seed);
    }

    /** Threads one operator may use: as set, or at most, when each kind of call finds its own. */
    public static int threads() {
        engine();
        return fixedThreads > 0 ? fixedThreads : mostThreads;
    }

    /** Changes the threads one operator may use, from the next call of a script on; 0 lets each kind of call find its own. */
    public static void useThreads(int threads) {
        engine();
        fixedThreads = threads;
    }

    /**
     * Makes a call that may be repeated, with the number of threads that was set or that is fastest.
     *
     * @param kind of calls that are alike
     */
    static <T> T withThreads(Object kind, Supplier<T> call) {
        if (fixedThreads > 0) {
            return with(fixedThreads, call);
        }
        return choice.call(kind, threads -> with(threads, call));
    }

    /** Makes a call once, with the number of threads that was set, or all. */
    static <T> T withThreads(Supplier<T> call) {
        return with(threads(), call);
    }

    /** The number belongs to the thread that calls, in libtorch: the caller must set it. */
    private static <T> T with(int threads, Supplier<T> call) {
        if (JniUtils.getNumThreads() != threads) {
            JniUtils.setNumThreads(threads);
        }
        return call.get();
    }

    /** CUDA devices that libtorch can use here. */
    public static int cudaDevices() {
        return engine().getGpuCount();
    }

    /** Version of libtorch. */
    public static String version() {
        return engine().getVersion();
    }

    static PtNDManager newScope(Device device) {
        return (PtNDManager) engine().newBaseManager(device);
    }

    /** Where the native libraries are, or will be, unpacked; does not load them. */
    public static synchronized Path librariesFolder() {
        return Optional.ofNullable(settings).flatMap(TorchSettings::cacheFolder).orElseGet(Utils::getCacheDir);
    }

    private static synchronized Engine engine() {
        if (engine == null) {
            if (settings == null) {
                settings = TorchSettings.defaults();
            }
            defaultProperty("ai.djl.offline", "true");
            defaultProperty("OPT_OUT_TRACKING", "true");
            // Graphs run as written: no profiling run, the same latency at every call.
            defaultProperty("ai.djl.pytorch.graph_optimizer", "false");
            settings.cacheFolder().ifPresent(folder -> defaultProperty("DJL_CACHE_DIR", folder.toString()));
            if (settings.threads() > 0) {
                System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(settings.threads()));
            }
            engine = Engine.getEngine("PyTorch");
            NativeExit.install();
            // libtorch counts the machine's cores; a container may have fewer of them.
            mostThreads =
                    Math.min(JniUtils.getNumThreads(), Runtime.getRuntime().availableProcessors());
            choice = new ThreadChoice(mostThreads, new KnownChoices(choicesFile(mostThreads)), System::nanoTime);
            fixedThreads = settings.threads();
        }
        return engine;
    }

    /** Of this machine: its processor, if the system reports it, how many cores of it, and this libtorch. */
    private static Path choicesFile(int cores) {
        String machine = engine.getVersion() + "-" + cores + "-"
                + Integer.toHexString(processor().hashCode());
        return librariesFolder().resolve("surstream-threads-" + machine + ".properties");
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .orElse("");
        } catch (IOException | UncheckedIOException e) {
            return System.getProperty("os.arch"); // not Linux
        }
    }

    private static void defaultProperty(String name, String value) {
        if (System.getProperty(name) == null && System.getenv(name) == null) {
            System.setProperty(name, value);
        }
    }
}
