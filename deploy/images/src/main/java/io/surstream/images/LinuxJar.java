package io.surstream.images;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A library's jar without the native code of other platforms. Many carry it for every system there is, some for libtorch, which an
 * image has unpacked: a third of their bytes would never be read.
 */
final class LinuxJar {
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so(\\.\\d+)*|dll|dylib|jnilib|a)");
    private static final Pattern LINUX_X86_64 =
            Pattern.compile("(.*/)?(?i:linux)[-/]?(amd64|x86[-_]64)/.*|.*-linux64\\.so");
    private static final Pattern LIBTORCH = Pattern.compile("(pytorch|jnilib)/.*");

    private static final LocalDateTime ANY_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private LinuxJar() {}

    /** The jar itself when nothing is to be left out, else its smaller copy in the folder; equal bytes for equal jars. */
    static Path of(Path jar, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> kept =
                    zip.stream().filter(entry -> isKept(entry.getName())).toList();
            if (kept.size() == zip.size()) {
                return jar;
            }
            Path small = Files.createDirectories(folder).resolve(jar.getFileName());
            if (Files.exists(small)
                    && Files.getLastModifiedTime(small).compareTo(Files.getLastModifiedTime(jar)) >= 0) {
                return small;
            }
            try (OutputStream file = Files.newOutputStream(small);
                    ZipOutputStream out = new ZipOutputStream(file)) {
                for (ZipEntry entry : kept) {
                    ZipEntry copy = new ZipEntry(entry.getName());
                    copy.setTimeLocal(ANY_TIME);
                    out.putNextEntry(copy);
                    zip.getInputStream(entry).transferTo(out);
                    out.closeEntry();
                }
            }
            return small;
        }
    }

    static boolean isKept(String entry) {
        return !NATIVE.matcher(entry).matches()
                || LINUX_X86_64.matcher(entry).matches()
                        && !LIBTORCH.matcher(entry).matches();
    }
}
