package io.surstream.testsupport.secured;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a MinIO server's program is, if it is anywhere: nothing is ever fetched.
 *
 * @param environment variables of the process
 * @param home of who runs it
 */
record MinioProgram(Map<String, String> environment, Path home) {

    static MinioProgram ofThisProcess() {
        return new MinioProgram(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** The one that is named; else {@code minio} on the PATH, else where {@code go install} puts it. */
    Optional<Path> find() {
        Optional<Path> named = variable(MinioServer.PROGRAM).map(Path::of);
        named.ifPresent(MinioProgram::requireProgram);
        return named.or(() -> Stream.concat(folders("PATH"), goFolders())
                .map(folder -> folder.resolve("minio"))
                .filter(MinioProgram::canBeRun)
                .findFirst());
    }

    private static void requireProgram(Path file) {
        if (!canBeRun(file)) {
            throw new IllegalStateException(
                    MinioServer.PROGRAM + " names " + file
                            + ", which is no program; name the minio binary, or unset the variable to test with the embedded store");
        }
    }

    private Stream<Path> goFolders() {
        return Stream.of(
                        folders("GOBIN"),
                        folders("GOPATH").map(folder -> folder.resolve("bin")),
                        Stream.of(home.resolve("go").resolve("bin")))
                .flatMap(each -> each);
    }

    private Stream<Path> folders(String variable) {
        return variable(variable).stream()
                .flatMap(folders -> Arrays.stream(folders.split(File.pathSeparator)))
                .map(Path::of);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static boolean canBeRun(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
