package io.surstream.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the build of a service left: a Quarkus app in target/quarkus-app, or a jar with its libraries in target/lib.
 *
 * @param root the folder that becomes /app
 * @param jar what {@code java -jar} runs, inside the root
 * @param files jars and Quarkus's index, in order
 */
record BuiltApp(Path root, Path jar, List<Path> files) {
    /** @param service its folder under services/ */
    static BuiltApp in(Path service) throws IOException {
        Path target = service.resolve("target");
        Path fastJar = target.resolve("quarkus-app");
        if (Files.isRegularFile(fastJar.resolve("quarkus-run.jar"))) {
            return new BuiltApp(fastJar, fastJar.resolve("quarkus-run.jar"), walk(fastJar));
        }
        Path jar = target.resolve(service.getFileName() + ".jar");
        if (!Files.isRegularFile(jar) || !Files.isDirectory(target.resolve("lib"))) {
            throw new IllegalStateException(
                    service + " has no built application; run ./mvnw package without " + "-Dsurstream.apps.skip first");
        }
        return new BuiltApp(
                target,
                jar,
                Stream.concat(Stream.of(jar), walk(target.resolve("lib")).stream())
                        .toList());
    }

    /** Libraries that change seldom, so that they form a separate layer. */
    boolean isDependency(Path file) {
        return root.relativize(file).startsWith("lib")
                && !file.getFileName().toString().startsWith("io.surstream.");
    }

    /** All released jars, including ours; not what Quarkus generated. */
    List<Path> libraries() {
        return files.stream()
                .filter(file -> !file.equals(jar))
                .filter(file -> !root.relativize(file).startsWith("quarkus"))
                .filter(file -> file.toString().endsWith(".jar"))
                .toList();
    }

    /** Whether it runs networks. */
    boolean hasTorch() {
        return library("pytorch-native-cpu").isPresent();
    }

    /** Jar of this artifact, whatever its version; file names may begin with the group. */
    Optional<Path> library(String artifact) {
        return files.stream()
                .filter(file -> file.getFileName().toString().matches("(.*\\.)?" + artifact + "-\\d.*\\.jar"))
                .findFirst();
    }

    private static List<Path> walk(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".jar") || file.toString().endsWith(".dat"))
                    .sorted()
                    .toList();
        }
    }
}
