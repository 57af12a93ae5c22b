package io.surstream.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * libtorch as a folder of an image, with DJL's bridge beside it. DJL would unpack 432 MB at every first start; from here it maps them,
 * and containers of one machine share them.
 */
final class Libtorch {
    /** The one that DJL's bridge is made for. */
    static final String VERSION = "2.7.1";

    private static final String BRIDGE = "libdjl_torch.so";
    private static final List<String> CUDA_LIBRARIES = List.of("libtorch.so", "libtorch_cuda.so", "libc10_cuda.so");

    private Libtorch() {}

    /** The files of /opt/libtorch. Recreated in the folder if they are missing. */
    static List<Path> files(Path nativeJar, Path bridgeJar, Variant variant, Optional<Path> cuda, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>(
                switch (variant) {
                    case CPU -> unpack(nativeJar, "pytorch/cpu/linux-x86_64/", folder);
                    case CUDA ->
                        cudaLibraries(cuda.orElseThrow(() -> new IllegalArgumentException(
                                "CUDA images need --libtorch DIR: the lib folder of libtorch " + VERSION
                                        + " for CUDA 12.8")));
                });
        files.addAll(unpack(bridgeJar, "jnilib/linux-x86_64/" + variant.flavor() + "/" + BRIDGE, folder));
        return files;
    }

    private static List<Path> cudaLibraries(Path folder) throws IOException {
        for (String library : CUDA_LIBRARIES) {
            if (!Files.isRegularFile(folder.resolve(library))) {
                throw new IllegalArgumentException(folder + " is no libtorch for CUDA: it has no " + library);
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(".*\\.so(\\.\\d+)*"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> unpack(Path jar, String prefix, Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream()
                    .filter(each -> each.getName().startsWith(prefix) && !each.isDirectory())
                    .toList()) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                files.add(unpack(zip, entry, folder.resolve(name)));
            }
        }
        if (files.isEmpty()) {
            throw new IllegalStateException(jar + " has nothing under " + prefix);
        }
        return files;
    }

    private static Path unpack(ZipFile zip, ZipEntry entry, Path target) throws IOException {
        if (!Files.isRegularFile(target) || Files.size(target) != entry.getSize()) {
            Path part = target.resolveSibling(target.getFileName() + ".part");
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return target;
    }
}
