package io.surstream.images;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How an image's process starts and the image's metadata.
 *
 * @param base its base
 * @param variant which libtorch
 * @param version of this project
 * @param revision commit that it was built from; empty when nobody said
 * @param format as registries (OCI) or {@code docker load} (Docker) take it
 */
record ImagePlan(BaseImage base, Variant variant, String version, String revision, ImageFormat format) {
    static final int PORT = 8080;

    private static final String LABEL = "org.opencontainers.image.";

    JibContainerBuilder of(ServiceImage image, List<FileEntriesLayer> layers) throws InvalidImageReferenceException {
        boolean torch = layers.get(0).getName().equals("libtorch");
        JibContainerBuilder container =
                base.reference().equals(BaseImage.SCRATCH) ? Jib.fromScratch() : Jib.from(base.reference());
        return container
                .setPlatforms(Set.of(new Platform("amd64", "linux")))
                .setFormat(format)
                .setFileEntriesLayers(layers)
                .setUser(ImageLayers.USER)
                .setWorkingDirectory(AbsoluteUnixPath.get(ImageLayers.APP))
                .setEntrypoint(entrypoint(image))
                .setProgramArguments(image.arguments())
                .setEnvironment(environment(image, torch))
                .setExposedPorts(image.listens() ? Set.of(Port.tcp(PORT)) : Set.of())
                .setLabels(labels(image));
    }

    /**
     * The environment contains the heap's share, because a container may want another; a flag here would win over it.
     */
    private List<String> entrypoint(ServiceImage image) {
        // Not ExitOnOutOfMemoryError: one record that inflates to more than the heap would end the process again and
        // again,
        // where the workers pass it over. A worker that dies of any other error makes the process not live.
        List<String> command = new ArrayList<>(List.of("java", "-XX:+UseSerialGC", "-Djava.awt.headless=true"));
        if (base.java() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        if (base.java() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-Dai.djl.offline=true");
        command.add("-jar");
        command.add(image.name().equals("cli") ? "cli.jar" : "quarkus-run.jar");
        return command;
    }

    private Map<String, String> environment(ServiceImage image, boolean torch) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("JAVA_TOOL_OPTIONS", "-XX:MaxRAMPercentage=" + image.heapPercent());
        environment.put("XDG_CACHE_HOME", ImageLayers.CACHE);
        environment.put("MALLOC_ARENA_MAX", "1");
        if (torch) {
            environment.put("MALLOC_MMAP_THRESHOLD_", "1073741824");
            environment.put("MALLOC_TRIM_THRESHOLD_", "268435456");
            environment.put("OMP_WAIT_POLICY", "passive");
            environment.put("OPT_OUT_TRACKING", "true");
            environment.put("DJL_CACHE_DIR", "/tmp/djl");
            environment.put("PYTORCH_LIBRARY_PATH", ImageLayers.LIBTORCH);
            environment.put("PYTORCH_VERSION", Libtorch.VERSION);
            environment.put("PYTORCH_FLAVOR", variant.flavor());
        }
        if (torch && variant == Variant.CUDA) {
            environment.put("LD_LIBRARY_PATH", ImageLayers.LIBTORCH);
            environment.put("NVIDIA_VISIBLE_DEVICES", "all");
            environment.put("NVIDIA_DRIVER_CAPABILITIES", "compute,utility");
        }
        environment.putAll(image.environment());
        return environment;
    }

    private Map<String, String> labels(ServiceImage image) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(LABEL + "title", "surstream " + image.name() + variant.tagSuffix());
        labels.put(LABEL + "description", image.title());
        labels.put(LABEL + "version", version);
        labels.put(LABEL + "licenses", "Apache-2.0");
        labels.put(LABEL + "base.name", base.reference());
        if (!revision.isEmpty()) {
            labels.put(LABEL + "revision", revision);
        }
        return labels;
    }
}
