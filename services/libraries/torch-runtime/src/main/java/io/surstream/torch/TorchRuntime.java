package io.surstream.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The process's one libtorch. It starts at first use, never touches the network and reports nothing to anybody.
 * Safe for use from many threads.
 */
public final class TorchRuntime {
    private static TorchSettings settings;
    private static Engine engine;

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

    /** Threads one operator may use. */
    public static int threads() {
        engine();
        return JniUtils.getNumThreads();
    }

    /** Changes the threads one operator may use, from the next native call on; for measuring which count is fastest. */
    public static void useThreads(int threads) {
        engine();
        JniUtils.setNumThreads(threads);
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
        }
        return engine;
    }

    private static void defaultProperty(String name, String value) {
        if (System.getProperty(name) == null && System.getenv(name) == null) {
            System.setProperty(name, value);
        }
    }
}
