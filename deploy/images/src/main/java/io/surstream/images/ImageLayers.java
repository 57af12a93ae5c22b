package io.surstream.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of one image, what changes seldom first, so that registries and machines keep it. Times and owners are fixed: equal
 * files give equal layers. Root owns everything and nothing but {@link #CACHE} is to be written.
 */
final class ImageLayers {
    static final String APP = "/app";
    static final String LIBTORCH = "/opt/libtorch";
    static final String PROBE = "/opt/surstream";
    static final String LICENCES = "/licenses";
    /** Models and adapters from elsewhere, frozen features: a volume, or lost with the container. */
    static final String CACHE = "/var/cache/surstream";

    static final String USER = "65532:65532";

    private static final String PROBE_CLASS = "io/surstream/images/probe/ReadyProbe.class";

    private final Path repository;
    private final Path work;

    /** @param work folder for what has to be unpacked or made smaller */
    ImageLayers(Path repository, Path work) {
        this.repository = repository;
        this.work = work;
    }

    /** Of one service; libtorch is there when the service has it. */
    List<FileEntriesLayer> of(ServiceImage image, Variant variant, Optional<Path> cudaLibtorch) throws IOException {
        BuiltApp app = BuiltApp.in(repository.resolve("services").resolve(image.name()));
        List<FileEntriesLayer> layers = new ArrayList<>();
        Optional<Path> nativeJar = app.library("pytorch-native-cpu");
        if (nativeJar.isPresent()) {
            layers.add(libtorch(nativeJar.get(), app.library("pytorch-jni").orElseThrow(), variant, cudaLibtorch));
        }
        layers.add(apps("dependencies", app, true));
        layers.add(apps("application", app, false));
        layers.add(surroundings(image, variant, app));
        return layers;
    }

    private FileEntriesLayer libtorch(Path nativeJar, Path bridge, Variant variant, Optional<Path> cuda)
            throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("libtorch");
        Path folder = work.resolve("libtorch-" + variant.flavor());
        for (Path file : Libtorch.files(nativeJar, bridge, variant, cuda, folder)) {
            layer.addEntry(file, AbsoluteUnixPath.get(LIBTORCH).resolve(file.getFileName()));
        }
        return layer.build();
    }

    private FileEntriesLayer apps(String name, BuiltApp app, boolean dependencies) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (Path file : app.files()) {
            if (app.isDependency(file) == dependencies) {
                AbsoluteUnixPath target =
                        AbsoluteUnixPath.get(APP).resolve(app.root().relativize(file));
                layer.addEntry(dependencies ? LinuxJar.of(file, work.resolve("jars")) : file, target);
            }
        }
        return layer.build();
    }

    /** Licence, list of parts, the health probe, and the one folder that may be written. */
    private FileEntriesLayer surroundings(ServiceImage image, Variant variant, BuiltApp app) throws IOException {
        Path empty = Files.createDirectories(work.resolve("empty"));
        return FileEntriesLayer.builder()
                .setName("surroundings")
                .addEntry(repository.resolve("LICENSE"), AbsoluteUnixPath.get(LICENCES + "/LICENSE"))
                .addEntry(billOfMaterials(image, variant, app), AbsoluteUnixPath.get(LICENCES + "/sbom.cdx.json"))
                .addEntry(probe(), AbsoluteUnixPath.get(PROBE + "/" + PROBE_CLASS))
                .addEntry(
                        empty,
                        AbsoluteUnixPath.get(CACHE),
                        FilePermissions.fromOctalString("750"),
                        FileEntriesLayer.DEFAULT_MODIFICATION_TIME,
                        USER)
                .build();
    }

    private Path billOfMaterials(ServiceImage image, Variant variant, BuiltApp app) throws IOException {
        Path file = work.resolve("sbom").resolve(image.name() + variant.tagSuffix() + ".cdx.json");
        return BillOfMaterials.write(repository.resolve("target/bom.json"), image, variant, app, file);
    }

    private Path probe() throws IOException {
        Path target = Files.createDirectories(work).resolve("ReadyProbe.class");
        try (var in = ImageLayers.class.getClassLoader().getResourceAsStream(PROBE_CLASS)) {
            Files.write(target, in.readAllBytes());
        }
        return target;
    }
}
