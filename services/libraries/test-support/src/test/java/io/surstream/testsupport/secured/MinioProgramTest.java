package io.surstream.testsupport.secured;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinioProgramTest {
    @TempDir
    Path folder;

    @Test
    void the_named_program_wins() throws IOException {
        Path named = program("somewhere/minio.exe");
        Path onPath = program("bin/minio");

        var environment = Map.of("SURSTREAM_MINIO", named.toString(), "PATH", parent(onPath));

        assertEquals(Optional.of(named), find(environment));
    }

    @Test
    void a_name_that_is_no_program_is_refused_though_another_one_is_there() throws IOException {
        Path onPath = program("bin/minio");
        Path text = Files.writeString(folder.resolve("minio.txt"), "no program");

        var environment = Map.of("SURSTREAM_MINIO", text.toString(), "PATH", parent(onPath));

        String said = assertThrows(IllegalStateException.class, () -> find(environment))
                .getMessage();
        assertTrue(said.contains("SURSTREAM_MINIO names " + text), said);
    }

    @Test
    void the_path_comes_before_the_folders_of_go() throws IOException {
        Path onPath = program("bin/minio");
        Path inGobin = program("gobin/minio");

        var environment =
                Map.of("PATH", folder.resolve("empty") + File.pathSeparator + parent(onPath), "GOBIN", parent(inGobin));

        assertEquals(Optional.of(onPath), find(environment));
    }

    @Test
    void each_place_that_go_install_knows_is_looked_at() throws IOException {
        Path inHome = program("home/go/bin/minio");
        assertEquals(Optional.of(inHome), find(Map.of()));

        Path inGopath = program("gopath/bin/minio");
        String gopath = folder.resolve("none") + File.pathSeparator + folder.resolve("gopath");
        assertEquals(Optional.of(inGopath), find(Map.of("GOPATH", gopath)));

        Path inGobin = program("gobin/minio");
        assertEquals(Optional.of(inGobin), find(Map.of("GOPATH", gopath, "GOBIN", parent(inGobin))));
    }

    @Test
    void there_may_be_none() throws IOException {
        Files.createDirectories(folder.resolve("bin/minio"));

        assertEquals(Optional.empty(), find(Map.of("PATH", folder.resolve("bin").toString(), "SURSTREAM_MINIO", " ")));
    }

    private Optional<Path> find(Map<String, String> environment) {
        return new MinioProgram(environment, folder.resolve("home")).find();
    }

    private static String parent(Path file) {
        return file.getParent().toString();
    }

    private Path program(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }
}
