package io.surstream.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinuxJarTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io/surstream/Some.class",
                "native/lib/pytorch.properties",
                "native/lib/linux-x86_64/cpu/libtokenizers.so",
                "linux/amd64/libzstd-jni-1.5.6-10.so",
                "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so",
                "com/sun/jna/linux-x86-64/libjnidispatch.so",
                "librocksdbjni-linux64.so"
            })
    void what_runs_on_this_platform_stays(String entry) {
        assertTrue(LinuxJar.isKept(entry));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "native/lib/win-x86_64/cpu/tokenizers.dll",
                "native/lib/osx-aarch64/cpu/libtokenizers.dylib",
                "linux/aarch64/libzstd-jni-1.5.6-10.so",
                "win/amd64/libzstd-jni-1.5.6-10.dll",
                "freebsd/amd64/libzstd-jni-1.5.6-10.so",
                "org/xerial/snappy/native/Linux-musl/x86_64/libsnappyjava.so",
                "librocksdbjni-linux64-musl.so",
                "librocksdbjni-osx-arm64.jnilib",
                "pytorch/cpu/linux-x86_64/libtorch_cpu.so",
                "jnilib/linux-x86_64/cpu/libdjl_torch.so"
            })
    void other_platforms_code_and_libtorch_go(String entry) {
        assertFalse(LinuxJar.isKept(entry));
    }

    @Test
    void a_smaller_copy_has_the_rest_and_is_the_same_each_time() throws IOException {
        Path jar = jar("zstd.jar", "A.class", "linux/amd64/z.so", "win/amd64/z.dll");

        Path once = LinuxJar.of(jar, folder.resolve("once"));
        Path again = LinuxJar.of(jar, folder.resolve("again"));

        assertEquals(List.of("A.class", "linux/amd64/z.so"), entries(once));
        assertArrayEquals(Files.readAllBytes(once), Files.readAllBytes(again));
    }

    @Test
    void a_jar_without_native_code_is_used_as_it_is() throws IOException {
        Path jar = jar("plain.jar", "A.class", "b.properties");

        assertEquals(jar, LinuxJar.of(jar, folder.resolve("out")));
    }

    private Path jar(String name, String... entries) throws IOException {
        Path jar = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.write(entry.getBytes());
                out.closeEntry();
            }
        }
        return jar;
    }

    private static List<String> entries(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }
}
